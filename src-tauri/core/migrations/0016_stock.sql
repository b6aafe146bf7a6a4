-- Stock: barcodes and suppliers, lots, what a visit used, counts as documents, requests.
-- An older Inkpoint may not open a file that has this.

ALTER TABLE items ADD COLUMN barcode TEXT CHECK (length(barcode) BETWEEN 1 AND 64);
ALTER TABLE items ADD COLUMN supplier TEXT CHECK (length(supplier) BETWEEN 1 AND 120);
-- What is ordered up to. None: twice the minimum.
ALTER TABLE items ADD COLUMN target INTEGER CHECK (target >= 0);
-- Whether visits say that they used it: not at all, a part of a piece, or whole pieces.
ALTER TABLE items ADD COLUMN session_use TEXT NOT NULL DEFAULT 'none' CHECK (session_use IN ('none', 'part', 'whole'));
CREATE UNIQUE INDEX items_by_barcode ON items (barcode) WHERE barcode IS NOT NULL;
UPDATE items SET session_use = 'part' WHERE for_sale = 0;

-- A batch as its maker numbered it; one without a number is known by its day.
CREATE TABLE lots (
    id       TEXT PRIMARY KEY CHECK (length(id) = 36),
    item_id  TEXT NOT NULL REFERENCES items (id),
    number   TEXT CHECK (length(number) BETWEEN 1 AND 64),
    expires  TEXT CHECK (length(expires) = 10),
    supplier TEXT CHECK (length(supplier) BETWEEN 1 AND 120),
    rev      INTEGER NOT NULL DEFAULT 1,
    CHECK (number IS NOT NULL OR expires IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX lots_by_number ON lots (item_id, number) WHERE number IS NOT NULL;
CREATE UNIQUE INDEX lots_by_day ON lots (item_id, expires) WHERE number IS NULL;

CREATE TABLE new_counters (
    register INTEGER NOT NULL,
    name     TEXT NOT NULL CHECK (name IN ('receipt', 'z', 'payout', 'count')),
    value    INTEGER NOT NULL CHECK (value >= 0),
    PRIMARY KEY (register, name)
) STRICT;
INSERT INTO new_counters (register, name, value) SELECT register, name, value FROM counters;
DROP TABLE counters;
ALTER TABLE new_counters RENAME TO counters;

-- A count of the shelf, posted whole.
CREATE TABLE stock_counts (
    id        TEXT PRIMARY KEY CHECK (length(id) = 36),
    register  INTEGER NOT NULL,
    number    INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    member_id TEXT NOT NULL REFERENCES members (id),
    category  TEXT,
    blind     INTEGER NOT NULL CHECK (blind IN (0, 1)),
    reason    TEXT,
    UNIQUE (register, number)
) STRICT;
CREATE TABLE stock_count_lines (
    id       TEXT PRIMARY KEY CHECK (length(id) = 36),
    count_id TEXT NOT NULL REFERENCES stock_counts (id),
    position INTEGER NOT NULL,
    item_id  TEXT NOT NULL REFERENCES items (id),
    expected INTEGER NOT NULL,
    counted  INTEGER NOT NULL CHECK (counted >= 0)
) STRICT;
CREATE INDEX stock_count_lines_by_count ON stock_count_lines (count_id);

-- What a visit used, by lot. A quantity of none is a part of a piece that was opened before. One written down by mistake
-- is undone by another row.
CREATE TABLE visit_supplies (
    id             TEXT PRIMARY KEY CHECK (length(id) = 36),
    appointment_id TEXT NOT NULL REFERENCES appointments (id),
    item_id        TEXT NOT NULL REFERENCES items (id),
    lot_id         TEXT REFERENCES lots (id),
    quantity       INTEGER NOT NULL CHECK (quantity >= 0),
    at             INTEGER NOT NULL,
    member_id      TEXT NOT NULL REFERENCES members (id),
    undoes         TEXT UNIQUE REFERENCES visit_supplies (id)
) STRICT;
CREATE INDEX visit_supplies_by_visit ON visit_supplies (appointment_id);
CREATE INDEX visit_supplies_by_lot ON visit_supplies (lot_id) WHERE lot_id IS NOT NULL;

-- A CHECK cannot be changed in place. The rows go over as they are, so their seals hold.
CREATE TABLE new_stock_moves (
    id             TEXT PRIMARY KEY CHECK (length(id) = 36),
    item_id        TEXT NOT NULL REFERENCES items (id),
    kind           TEXT NOT NULL CHECK (kind IN
        ('opening', 'delivery', 'adjustment', 'count', 'sale', 'return', 'used', 'unused')),
    quantity       INTEGER NOT NULL CHECK (quantity <> 0),
    unit_cost      INTEGER,
    reason         TEXT,
    sale_id        TEXT REFERENCES sales (id),
    at             INTEGER NOT NULL,
    member_id      TEXT NOT NULL REFERENCES members (id),
    lot_id         TEXT REFERENCES lots (id),
    count_id       TEXT REFERENCES stock_counts (id),
    supply_id      TEXT REFERENCES visit_supplies (id)
) STRICT;
INSERT INTO new_stock_moves (id, item_id, kind, quantity, unit_cost, reason, sale_id, at, member_id)
    SELECT id, item_id, kind, quantity, unit_cost, reason, sale_id, at, member_id FROM stock_moves ORDER BY rowid;
DROP TABLE stock_moves;
ALTER TABLE new_stock_moves RENAME TO stock_moves;
CREATE INDEX stock_moves_by_item ON stock_moves (item_id);
CREATE INDEX stock_moves_by_sale ON stock_moves (sale_id) WHERE sale_id IS NOT NULL;
CREATE TRIGGER stock_moves_no_update BEFORE UPDATE ON stock_moves BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER stock_moves_no_delete BEFORE DELETE ON stock_moves BEGIN SELECT RAISE(ABORT, 'append only'); END;

-- What the movements come to, by item and lot; nothing is no row. Checked against them by `verify`.
CREATE TABLE stock_now (
    item_id TEXT NOT NULL REFERENCES items (id),
    lot_id  TEXT REFERENCES lots (id),
    on_hand INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX stock_now_by_lot ON stock_now (item_id, coalesce(lot_id, ''));
INSERT INTO stock_now (item_id, lot_id, on_hand)
    SELECT item_id, NULL, sum(quantity) FROM stock_moves GROUP BY item_id HAVING sum(quantity) <> 0;

-- What somebody asks the desk for: to order something, or to look at a quantity that is wrong.
CREATE TABLE supply_requests (
    id          TEXT PRIMARY KEY CHECK (length(id) = 36),
    kind        TEXT NOT NULL CHECK (kind IN ('need', 'wrong')),
    item_id     TEXT REFERENCES items (id),
    what        TEXT CHECK (length(what) BETWEEN 1 AND 120),
    quantity    INTEGER CHECK (quantity >= 0),
    note        TEXT,
    at          INTEGER NOT NULL,
    member_id   TEXT NOT NULL REFERENCES members (id),
    state       TEXT NOT NULL CHECK (state IN ('open', 'ordered', 'done', 'declined', 'withdrawn')),
    answer      TEXT,
    answered_at INTEGER,
    answered_by TEXT REFERENCES members (id),
    CHECK ((item_id IS NULL) <> (what IS NULL))
) STRICT;
CREATE INDEX supply_requests_by_state ON supply_requests (state, at);

CREATE TRIGGER stock_counts_no_update BEFORE UPDATE ON stock_counts BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER stock_counts_no_delete BEFORE DELETE ON stock_counts BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER stock_count_lines_no_update BEFORE UPDATE ON stock_count_lines BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER stock_count_lines_no_delete BEFORE DELETE ON stock_count_lines BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER visit_supplies_no_update BEFORE UPDATE ON visit_supplies BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER visit_supplies_no_delete BEFORE DELETE ON visit_supplies BEGIN SELECT RAISE(ABORT, 'append only'); END;
