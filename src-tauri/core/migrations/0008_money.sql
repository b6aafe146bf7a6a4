-- Money: tax rates, cash rounding, deposits, what a close of the drawer knows, more accounts and kinds of entry.
-- An older Inkpoint may not open a file that has this.

-- A CHECK cannot be changed in place. The rows go over as they are, so their seals hold.
CREATE TABLE new_ledger_entries (
    id         TEXT PRIMARY KEY CHECK (length(id) = 36),
    at         INTEGER NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN
        ('sale', 'refund', 'void', 'float', 'cash_in', 'cash_out', 'drop', 'over_short', 'to_safe',
         'deposit_taken', 'deposit_applied', 'deposit_kept', 'deposit_returned', 'deposit_moved',
         'commission', 'payout', 'takeover')),
    sale_id    TEXT REFERENCES sales (id),
    session_id TEXT REFERENCES drawer_sessions (id)
) STRICT;
INSERT INTO new_ledger_entries (id, at, kind, sale_id, session_id)
    SELECT id, at, kind, sale_id, session_id FROM ledger_entries ORDER BY rowid;

CREATE TABLE new_ledger_lines (
    id        TEXT PRIMARY KEY CHECK (length(id) = 36),
    entry_id  TEXT NOT NULL REFERENCES new_ledger_entries (id),
    account   TEXT NOT NULL CHECK (account IN
        ('cash_drawer', 'card_clearing', 'bank', 'safe', 'service_revenue', 'product_revenue', 'discounts',
         'tax_payable', 'tips_payable', 'commission_expense', 'commission_payable', 'deposits_held',
         'cash_over_short', 'rounding', 'pay_ins', 'pay_outs')),
    artist_id TEXT REFERENCES artists (id),
    amount    INTEGER NOT NULL CHECK (amount <> 0)
) STRICT;
INSERT INTO new_ledger_lines (id, entry_id, account, artist_id, amount)
    SELECT id, entry_id, account, artist_id, amount FROM ledger_lines ORDER BY rowid;

-- The lines first: a table that is pointed at does not go. Renaming takes the new lines' reference along.
DROP TABLE ledger_lines;
DROP TABLE ledger_entries;
ALTER TABLE new_ledger_entries RENAME TO ledger_entries;
ALTER TABLE new_ledger_lines RENAME TO ledger_lines;
CREATE INDEX ledger_entries_by_sale ON ledger_entries (sale_id) WHERE sale_id IS NOT NULL;
CREATE INDEX ledger_entries_by_session ON ledger_entries (session_id) WHERE session_id IS NOT NULL;
CREATE INDEX ledger_entries_by_time ON ledger_entries (at);
CREATE INDEX ledger_lines_by_entry ON ledger_lines (entry_id);
CREATE INDEX ledger_lines_by_artist ON ledger_lines (artist_id, account) WHERE artist_id IS NOT NULL;
CREATE TRIGGER ledger_entries_no_update BEFORE UPDATE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER ledger_entries_no_delete BEFORE DELETE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER ledger_lines_no_update BEFORE UPDATE ON ledger_lines BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER ledger_lines_no_delete BEFORE DELETE ON ledger_lines BEGIN SELECT RAISE(ABORT, 'append only'); END;

-- Rates beside the studio's usual one, which stays a setting.
CREATE TABLE tax_rates (
    id       TEXT PRIMARY KEY CHECK (length(id) = 36),
    name     TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    bp       INTEGER NOT NULL CHECK (bp BETWEEN 0 AND 9999),
    active   INTEGER NOT NULL CHECK (active IN (0, 1)),
    position INTEGER NOT NULL
) STRICT;

-- None: the usual rate.
ALTER TABLE services ADD COLUMN tax_rate_id TEXT REFERENCES tax_rates (id);
ALTER TABLE items ADD COLUMN tax_rate_id TEXT REFERENCES tax_rates (id);

-- What is asked for in advance: an amount, or a share of the price in basis points but at least the minimum.
ALTER TABLE services ADD COLUMN deposit_kind TEXT NOT NULL DEFAULT 'none'
    CHECK (deposit_kind IN ('none', 'fixed', 'percent'));
ALTER TABLE services ADD COLUMN deposit_value INTEGER NOT NULL DEFAULT 0
    CHECK (deposit_value BETWEEN 0 AND 1000000000000);
ALTER TABLE services ADD COLUMN deposit_minimum INTEGER NOT NULL DEFAULT 0
    CHECK (deposit_minimum BETWEEN 0 AND 1000000000000);

-- When it was cancelled, which decides about the deposit.
ALTER TABLE appointments ADD COLUMN cancelled_at INTEGER;

-- Facts that a receipt did not keep before. None in older rows, and those are sealed without them.
-- The rate a line was taxed at; its name when it was not the usual one; tax that was put on top of the price.
ALTER TABLE sale_lines ADD COLUMN tax_rate_id TEXT REFERENCES tax_rates (id);
ALTER TABLE sale_lines ADD COLUMN tax_name TEXT;
ALTER TABLE sale_lines ADD COLUMN tax_bp INTEGER CHECK (tax_bp BETWEEN 0 AND 9999);
ALTER TABLE sale_lines ADD COLUMN tax_added INTEGER;
-- What was paid beyond the total, or less, because there is no smaller coin.
ALTER TABLE sales ADD COLUMN rounding INTEGER;

-- A deposit: money of the client's that the studio holds until the visit. Numbered with the receipts.
CREATE TABLE deposits (
    id             TEXT PRIMARY KEY CHECK (length(id) = 36),
    register       INTEGER NOT NULL,
    receipt        INTEGER NOT NULL,
    at             INTEGER NOT NULL,
    member_id      TEXT NOT NULL REFERENCES members (id),
    client_id      TEXT NOT NULL REFERENCES clients (id),
    -- The visit and the artist it was taken for; where it is now stands in deposits_now.
    appointment_id TEXT NOT NULL REFERENCES appointments (id),
    artist_id      TEXT NOT NULL REFERENCES artists (id),
    session_id     TEXT REFERENCES drawer_sessions (id),
    entry_id       TEXT NOT NULL REFERENCES ledger_entries (id),
    amount         INTEGER NOT NULL CHECK (amount > 0),
    currency       TEXT NOT NULL CHECK (length(currency) = 3),
    UNIQUE (register, receipt)
) STRICT;
CREATE INDEX deposits_by_client ON deposits (client_id);
CREATE INDEX deposits_by_session ON deposits (session_id) WHERE session_id IS NOT NULL;
CREATE INDEX deposits_by_time ON deposits (at);

-- What became of it. The amounts of a deposit and its moves add up to what is still held.
CREATE TABLE deposit_moves (
    id             TEXT PRIMARY KEY CHECK (length(id) = 36),
    deposit_id     TEXT NOT NULL REFERENCES deposits (id),
    -- applied: to a sale. kept: became a sale of its own. restored: that sale was voided. returned: given back.
    -- moved: to another visit or artist.
    kind           TEXT NOT NULL CHECK (kind IN ('applied', 'kept', 'restored', 'returned', 'moved')),
    amount         INTEGER NOT NULL,
    sale_id        TEXT REFERENCES sales (id),
    appointment_id TEXT REFERENCES appointments (id),
    artist_id      TEXT REFERENCES artists (id),
    register       INTEGER,
    receipt        INTEGER,
    session_id     TEXT REFERENCES drawer_sessions (id),
    entry_id       TEXT REFERENCES ledger_entries (id),
    at             INTEGER NOT NULL,
    member_id      TEXT NOT NULL REFERENCES members (id),
    reason         TEXT,
    UNIQUE (register, receipt),
    CHECK (CASE kind WHEN 'restored' THEN amount > 0 WHEN 'moved' THEN amount = 0 ELSE amount < 0 END),
    CHECK ((kind IN ('applied', 'kept', 'restored')) = (sale_id IS NOT NULL)),
    CHECK ((kind = 'moved') = (artist_id IS NOT NULL)),
    CHECK ((kind = 'moved') = (appointment_id IS NOT NULL)),
    CHECK ((kind = 'returned') = (receipt IS NOT NULL)),
    CHECK ((register IS NULL) = (receipt IS NULL))
) STRICT;
CREATE INDEX deposit_moves_by_deposit ON deposit_moves (deposit_id);
CREATE INDEX deposit_moves_by_sale ON deposit_moves (sale_id) WHERE sale_id IS NOT NULL;
CREATE INDEX deposit_moves_by_session ON deposit_moves (session_id) WHERE session_id IS NOT NULL;
CREATE INDEX deposit_moves_by_time ON deposit_moves (at);

-- How a deposit was paid, and how it was given back (negative, with its move).
CREATE TABLE deposit_tenders (
    id         TEXT PRIMARY KEY CHECK (length(id) = 36),
    deposit_id TEXT NOT NULL REFERENCES deposits (id),
    move_id    TEXT REFERENCES deposit_moves (id),
    position   INTEGER NOT NULL,
    tender     TEXT NOT NULL CHECK (tender IN ('cash', 'card', 'transfer')),
    amount     INTEGER NOT NULL CHECK (amount <> 0),
    given      INTEGER NOT NULL,
    CHECK ((amount > 0) = (move_id IS NULL))
) STRICT;
CREATE INDEX deposit_tenders_by_deposit ON deposit_tenders (deposit_id);
CREATE INDEX deposit_tenders_by_move ON deposit_tenders (move_id) WHERE move_id IS NOT NULL;

-- Each deposit as it stands: follows from the rows above, and checked against them.
CREATE TABLE deposits_now (
    id             TEXT PRIMARY KEY REFERENCES deposits (id),
    client_id      TEXT NOT NULL REFERENCES clients (id),
    appointment_id TEXT NOT NULL REFERENCES appointments (id),
    artist_id      TEXT NOT NULL REFERENCES artists (id),
    left_over      INTEGER NOT NULL CHECK (left_over >= 0),
    state          TEXT NOT NULL CHECK (state IN ('held', 'applied', 'kept', 'returned')),
    CHECK ((left_over > 0) = (state = 'held'))
) STRICT;
CREATE INDEX deposits_now_by_appointment ON deposits_now (appointment_id);
CREATE INDEX deposits_now_by_client ON deposits_now (client_id);
CREATE INDEX deposits_now_held ON deposits_now (artist_id) WHERE left_over > 0;

-- Who stood for a difference beside whoever counted; whether nobody could, in a studio of one account (D27).
ALTER TABLE drawer_closings ADD COLUMN approved_by TEXT REFERENCES members (id);
ALTER TABLE drawer_closings ADD COLUMN waived INTEGER CHECK (waived IN (0, 1));

-- A drawer that somebody left open, taken over by the owner or an admin.
CREATE TABLE drawer_takeovers (
    id         TEXT PRIMARY KEY CHECK (length(id) = 36),
    session_id TEXT NOT NULL REFERENCES drawer_sessions (id),
    at         INTEGER NOT NULL,
    member_id  TEXT NOT NULL REFERENCES members (id),
    reason     TEXT NOT NULL
) STRICT;
CREATE INDEX drawer_takeovers_by_session ON drawer_takeovers (session_id);

-- A receipt handed out again.
CREATE TABLE receipt_copies (
    id        TEXT PRIMARY KEY CHECK (length(id) = 36),
    sale_id   TEXT NOT NULL REFERENCES sales (id),
    at        INTEGER NOT NULL,
    member_id TEXT NOT NULL REFERENCES members (id)
) STRICT;
CREATE INDEX receipt_copies_by_sale ON receipt_copies (sale_id);

CREATE TRIGGER deposits_no_update BEFORE UPDATE ON deposits BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER deposits_no_delete BEFORE DELETE ON deposits BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER deposit_moves_no_update BEFORE UPDATE ON deposit_moves BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER deposit_moves_no_delete BEFORE DELETE ON deposit_moves BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER deposit_tenders_no_update BEFORE UPDATE ON deposit_tenders BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER deposit_tenders_no_delete BEFORE DELETE ON deposit_tenders BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER drawer_takeovers_no_update BEFORE UPDATE ON drawer_takeovers BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER drawer_takeovers_no_delete BEFORE DELETE ON drawer_takeovers BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER receipt_copies_no_update BEFORE UPDATE ON receipt_copies BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER receipt_copies_no_delete BEFORE DELETE ON receipt_copies BEGIN SELECT RAISE(ABORT, 'append only'); END;

INSERT INTO settings (name, value, changed_at, changed_by)
    SELECT 'prices_include_tax', 'true', created_at, NULL FROM studio;
INSERT INTO settings (name, value, changed_at, changed_by)
    SELECT 'cash_rounding', '0', created_at, NULL FROM studio;
INSERT INTO settings (name, value, changed_at, changed_by)
    SELECT 'deposit_cancel_hours', '48', created_at, NULL FROM studio;
INSERT INTO settings (name, value, changed_at, changed_by)
    SELECT 'blind_count', 'false', created_at, NULL FROM studio;
INSERT INTO settings (name, value, changed_at, changed_by)
    SELECT 'difference_limit', 'null', created_at, NULL FROM studio;
