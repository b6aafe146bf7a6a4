-- The till: stock, sales, drawer, ledger. Everything here is append-only but the items and the drawer's open mark.
-- An older Inkpoint may not open a file that has this.

CREATE TABLE items (
    id       TEXT PRIMARY KEY CHECK (length(id) = 36),
    sku      TEXT NOT NULL UNIQUE CHECK (length(sku) BETWEEN 1 AND 64),
    name     TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    category TEXT,
    unit     TEXT NOT NULL,
    cost     INTEGER NOT NULL CHECK (cost BETWEEN 0 AND 1000000000000),
    price    INTEGER NOT NULL CHECK (price BETWEEN 0 AND 1000000000000),
    minimum  INTEGER NOT NULL CHECK (minimum >= 0),
    -- Sold at the counter, rather than used up in the studio.
    for_sale INTEGER NOT NULL CHECK (for_sale IN (0, 1)),
    active   INTEGER NOT NULL CHECK (active IN (0, 1)),
    rev      INTEGER NOT NULL DEFAULT 1
) STRICT;

-- One row per open drawer; `is_open` is the only field that ever changes.
CREATE TABLE drawer_sessions (
    id         TEXT PRIMARY KEY CHECK (length(id) = 36),
    register   INTEGER NOT NULL,
    opened_at  INTEGER NOT NULL,
    opened_by  TEXT NOT NULL REFERENCES members (id),
    float      INTEGER NOT NULL CHECK (float BETWEEN 0 AND 1000000000000),
    is_open    INTEGER NOT NULL CHECK (is_open IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX drawer_one_open ON drawer_sessions (register) WHERE is_open = 1;

CREATE TABLE sales (
    id             TEXT PRIMARY KEY CHECK (length(id) = 36),
    register       INTEGER NOT NULL,
    receipt        INTEGER NOT NULL,
    kind           TEXT NOT NULL CHECK (kind IN ('sale', 'refund', 'void')),
    at             INTEGER NOT NULL,
    member_id      TEXT NOT NULL REFERENCES members (id),
    client_id      TEXT REFERENCES clients (id),
    appointment_id TEXT REFERENCES appointments (id),
    session_id     TEXT REFERENCES drawer_sessions (id),
    -- The sale that a refund or void points at (D13).
    original_id    TEXT REFERENCES sales (id),
    reason         TEXT,
    -- In minor units; a refund or void has them negative. goods = sum of lines; total = goods + tips.
    goods          INTEGER NOT NULL,
    discount       INTEGER NOT NULL,
    tax            INTEGER NOT NULL,
    tips           INTEGER NOT NULL,
    total          INTEGER NOT NULL,
    currency       TEXT NOT NULL CHECK (length(currency) = 3),
    UNIQUE (register, receipt),
    CHECK (total = goods + tips),
    CHECK ((kind = 'sale') = (original_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX sales_one_void ON sales (original_id) WHERE kind = 'void';
CREATE INDEX sales_by_time ON sales (at);
CREATE INDEX sales_by_original ON sales (original_id) WHERE original_id IS NOT NULL;
CREATE INDEX sales_by_appointment ON sales (appointment_id) WHERE appointment_id IS NOT NULL;
CREATE INDEX sales_by_client ON sales (client_id) WHERE client_id IS NOT NULL;
CREATE INDEX sales_by_session ON sales (session_id) WHERE session_id IS NOT NULL;

CREATE TABLE sale_lines (
    id          TEXT PRIMARY KEY CHECK (length(id) = 36),
    sale_id     TEXT NOT NULL REFERENCES sales (id),
    position    INTEGER NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('service', 'item')),
    service_id  TEXT REFERENCES services (id),
    item_id     TEXT REFERENCES items (id),
    artist_id   TEXT REFERENCES artists (id),
    label       TEXT NOT NULL,
    -- Negative on a refund; zero when only money goes back.
    quantity    INTEGER NOT NULL CHECK (quantity <> 0 OR original_id IS NOT NULL),
    list_price  INTEGER NOT NULL,
    unit_price  INTEGER NOT NULL,
    discount    INTEGER NOT NULL,
    tax         INTEGER NOT NULL,
    -- quantity * unit_price - discount
    amount      INTEGER NOT NULL,
    -- The line of the original that a refund takes back.
    original_id TEXT REFERENCES sale_lines (id),
    UNIQUE (sale_id, position)
) STRICT;
CREATE INDEX sale_lines_by_original ON sale_lines (original_id) WHERE original_id IS NOT NULL;

CREATE TABLE sale_tips (
    id        TEXT PRIMARY KEY CHECK (length(id) = 36),
    sale_id   TEXT NOT NULL REFERENCES sales (id),
    artist_id TEXT NOT NULL REFERENCES artists (id),
    amount    INTEGER NOT NULL CHECK (amount <> 0),
    UNIQUE (sale_id, artist_id)
) STRICT;

CREATE TABLE sale_tenders (
    id       TEXT PRIMARY KEY CHECK (length(id) = 36),
    sale_id  TEXT NOT NULL REFERENCES sales (id),
    position INTEGER NOT NULL,
    tender   TEXT NOT NULL CHECK (tender IN ('cash', 'card', 'transfer')),
    amount   INTEGER NOT NULL CHECK (amount <> 0),
    -- What the client handed over; given - amount is the change due.
    given    INTEGER NOT NULL,
    UNIQUE (sale_id, position)
) STRICT;

CREATE TABLE cash_moves (
    id         TEXT PRIMARY KEY CHECK (length(id) = 36),
    session_id TEXT NOT NULL REFERENCES drawer_sessions (id),
    direction  TEXT NOT NULL CHECK (direction IN ('in', 'out', 'drop')),
    amount     INTEGER NOT NULL CHECK (amount > 0),
    reason     TEXT NOT NULL,
    at         INTEGER NOT NULL,
    member_id  TEXT NOT NULL REFERENCES members (id)
) STRICT;
CREATE INDEX cash_moves_by_session ON cash_moves (session_id);

-- A closed drawer: the Z report's figures, sealed.
CREATE TABLE drawer_closings (
    id            TEXT PRIMARY KEY CHECK (length(id) = 36),
    session_id    TEXT NOT NULL UNIQUE REFERENCES drawer_sessions (id),
    register      INTEGER NOT NULL,
    z             INTEGER NOT NULL,
    at            INTEGER NOT NULL,
    member_id     TEXT NOT NULL REFERENCES members (id),
    -- {"50000": 3, …}: how many of each coin and note.
    counts        TEXT NOT NULL CHECK (json_valid(counts)),
    counted       INTEGER NOT NULL CHECK (counted >= 0),
    expected      INTEGER NOT NULL,
    difference    INTEGER NOT NULL,
    reason        TEXT,
    float_left    INTEGER NOT NULL CHECK (float_left >= 0),
    first_receipt INTEGER,
    last_receipt  INTEGER,
    -- All sales since the studio began, before refunds: can only grow.
    perpetual     INTEGER NOT NULL CHECK (perpetual >= 0),
    -- The chain's head when the drawer closed (D26).
    head          TEXT NOT NULL,
    UNIQUE (register, z),
    CHECK (difference = counted - expected)
) STRICT;

CREATE TABLE ledger_entries (
    id         TEXT PRIMARY KEY CHECK (length(id) = 36),
    at         INTEGER NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN
        ('sale', 'refund', 'void', 'float', 'cash_in', 'cash_out', 'drop', 'over_short', 'to_safe')),
    sale_id    TEXT REFERENCES sales (id),
    session_id TEXT REFERENCES drawer_sessions (id)
) STRICT;
CREATE INDEX ledger_entries_by_sale ON ledger_entries (sale_id) WHERE sale_id IS NOT NULL;
CREATE INDEX ledger_entries_by_session ON ledger_entries (session_id) WHERE session_id IS NOT NULL;

-- Debits positive, credits negative; the lines of an entry sum to nothing.
CREATE TABLE ledger_lines (
    id        TEXT PRIMARY KEY CHECK (length(id) = 36),
    entry_id  TEXT NOT NULL REFERENCES ledger_entries (id),
    account   TEXT NOT NULL CHECK (account IN
        ('cash_drawer', 'card_clearing', 'bank', 'safe', 'service_revenue', 'product_revenue', 'discounts',
         'tax_payable', 'tips_payable', 'commission_payable', 'deposits_held', 'cash_over_short', 'pay_ins',
         'pay_outs')),
    artist_id TEXT REFERENCES artists (id),
    amount    INTEGER NOT NULL CHECK (amount <> 0)
) STRICT;
CREATE INDEX ledger_lines_by_entry ON ledger_lines (entry_id);

-- The only source of quantities.
CREATE TABLE stock_moves (
    id        TEXT PRIMARY KEY CHECK (length(id) = 36),
    item_id   TEXT NOT NULL REFERENCES items (id),
    kind      TEXT NOT NULL CHECK (kind IN ('opening', 'delivery', 'adjustment', 'count', 'sale', 'return')),
    quantity  INTEGER NOT NULL CHECK (quantity <> 0),
    unit_cost INTEGER,
    reason    TEXT,
    sale_id   TEXT REFERENCES sales (id),
    at        INTEGER NOT NULL,
    member_id TEXT NOT NULL REFERENCES members (id)
) STRICT;
CREATE INDEX stock_moves_by_item ON stock_moves (item_id);

CREATE TRIGGER sales_no_update BEFORE UPDATE ON sales BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER sales_no_delete BEFORE DELETE ON sales BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER sale_lines_no_update BEFORE UPDATE ON sale_lines BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER sale_lines_no_delete BEFORE DELETE ON sale_lines BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER sale_tips_no_update BEFORE UPDATE ON sale_tips BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER sale_tips_no_delete BEFORE DELETE ON sale_tips BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER sale_tenders_no_update BEFORE UPDATE ON sale_tenders BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER sale_tenders_no_delete BEFORE DELETE ON sale_tenders BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER cash_moves_no_update BEFORE UPDATE ON cash_moves BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER cash_moves_no_delete BEFORE DELETE ON cash_moves BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER drawer_closings_no_update BEFORE UPDATE ON drawer_closings BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER drawer_closings_no_delete BEFORE DELETE ON drawer_closings BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER ledger_entries_no_update BEFORE UPDATE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER ledger_entries_no_delete BEFORE DELETE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER ledger_lines_no_update BEFORE UPDATE ON ledger_lines BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER ledger_lines_no_delete BEFORE DELETE ON ledger_lines BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER stock_moves_no_update BEFORE UPDATE ON stock_moves BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER stock_moves_no_delete BEFORE DELETE ON stock_moves BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER drawer_sessions_only_closes BEFORE UPDATE ON drawer_sessions
WHEN OLD.is_open = 0 OR NEW.is_open = 1 OR NEW.id <> OLD.id OR NEW.register <> OLD.register
    OR NEW.opened_at <> OLD.opened_at OR NEW.opened_by <> OLD.opened_by OR NEW.float <> OLD.float
BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER drawer_sessions_no_delete BEFORE DELETE ON drawer_sessions BEGIN SELECT RAISE(ABORT, 'append only'); END;
