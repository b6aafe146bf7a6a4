-- What was handed out of each receipt, and the printer that does it.
-- An older Inkpoint may not open a file that has this.

-- The first paper of a receipt is the original, each later one a copy. One that did not come out is undone by another row.
CREATE TABLE receipt_papers (
    id        TEXT PRIMARY KEY CHECK (length(id) = 36),
    register  INTEGER NOT NULL,
    receipt   INTEGER NOT NULL,
    way       TEXT NOT NULL CHECK (way IN ('page', 'printer', 'pdf', 'mail')),
    at        INTEGER NOT NULL,
    member_id TEXT NOT NULL REFERENCES members (id),
    undone    TEXT UNIQUE REFERENCES receipt_papers (id)
) STRICT;
CREATE INDEX receipt_papers_by_receipt ON receipt_papers (register, receipt);

CREATE TRIGGER receipt_papers_no_update BEFORE UPDATE ON receipt_papers BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER receipt_papers_no_delete BEFORE DELETE ON receipt_papers BEGIN SELECT RAISE(ABORT, 'append only'); END;

INSERT INTO settings (name, value, changed_at, changed_by)
    SELECT 'printer_host', '""', created_at, NULL FROM studio;
INSERT INTO settings (name, value, changed_at, changed_by)
    SELECT 'printer_port', '9100', created_at, NULL FROM studio;
INSERT INTO settings (name, value, changed_at, changed_by)
    SELECT 'printer_columns', '42', created_at, NULL FROM studio;
INSERT INTO settings (name, value, changed_at, changed_by)
    SELECT 'printer_letters', '"pc858"', created_at, NULL FROM studio;
INSERT INTO settings (name, value, changed_at, changed_by)
    SELECT 'printer_pin', '"two"', created_at, NULL FROM studio;
INSERT INTO settings (name, value, changed_at, changed_by)
    SELECT 'printer_drawer', 'true', created_at, NULL FROM studio;
