-- Commission, payouts, and the sums of each day that reports are read from.
-- An older Inkpoint may not open a file that has this.

-- An artist's rate for one kind of service, or for items. Without one a service takes the artist's own share and an
-- item takes nothing.
CREATE TABLE commission_rates (
    artist_id TEXT NOT NULL REFERENCES artists (id),
    kind      TEXT NOT NULL CHECK (kind IN ('tattoo', 'piercing', 'consultation', 'other', 'item')),
    bp        INTEGER NOT NULL CHECK (bp BETWEEN 0 AND 10000),
    PRIMARY KEY (artist_id, kind)
) STRICT;

-- Who teaches an apprentice, and which part of the apprentice's commission is theirs.
ALTER TABLE artists ADD COLUMN mentor_id TEXT REFERENCES artists (id);
ALTER TABLE artists ADD COLUMN mentor_bp INTEGER NOT NULL DEFAULT 0 CHECK (mentor_bp BETWEEN 0 AND 10000);

-- Agreed for this visit alone; none: the artist's rate.
ALTER TABLE appointments ADD COLUMN commission_bp INTEGER CHECK (commission_bp BETWEEN 0 AND 10000);
-- The sale that paid for the visit and still stands. What is completed and has none is outstanding.
ALTER TABLE appointments ADD COLUMN paid_by TEXT REFERENCES sales (id);
UPDATE appointments SET paid_by = (
    SELECT s.id FROM sales s WHERE s.appointment_id = appointments.id AND s.kind = 'sale'
        AND EXISTS (SELECT 1 FROM sale_lines l WHERE l.sale_id = s.id AND l.service_id IS NOT NULL)
        AND s.total + (SELECT coalesce(sum(r.total), 0) FROM sales r WHERE r.original_id = s.id) > 0
    ORDER BY s.receipt LIMIT 1)
WHERE EXISTS (SELECT 1 FROM sales s WHERE s.appointment_id = appointments.id);
CREATE INDEX appointments_unpaid ON appointments (starts_at) WHERE status = 'completed' AND paid_by IS NULL;
-- A report counts a year of visits: it reads this and not the visits.
CREATE INDEX appointments_for_reports ON appointments (starts_at, artist_id, status, ends_at);
CREATE INDEX clients_by_created ON clients (created_at, artist_id);

-- What an artist earned by a line of a sale. A refund takes its share back with a row of its own.
CREATE TABLE commissions (
    id          TEXT PRIMARY KEY CHECK (length(id) = 36),
    at          INTEGER NOT NULL,
    -- Who earns it.
    artist_id   TEXT NOT NULL REFERENCES artists (id),
    -- Whose work it was: another's where a mentor earns a part of it.
    worker_id   TEXT NOT NULL REFERENCES artists (id),
    sale_id     TEXT NOT NULL REFERENCES sales (id),
    line_id     TEXT NOT NULL REFERENCES sale_lines (id),
    -- What the share is of, without tax; negative where it is taken back, as the amount.
    basis       INTEGER NOT NULL,
    bp          INTEGER NOT NULL CHECK (bp BETWEEN 0 AND 10000),
    amount      INTEGER NOT NULL,
    -- The row whose part a refund takes back.
    original_id TEXT REFERENCES commissions (id)
) STRICT;
CREATE INDEX commissions_by_artist ON commissions (artist_id, at);
CREATE INDEX commissions_by_line ON commissions (line_id);
CREATE INDEX commissions_by_original ON commissions (original_id) WHERE original_id IS NOT NULL;
CREATE TRIGGER commissions_no_update BEFORE UPDATE ON commissions BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER commissions_no_delete BEFORE DELETE ON commissions BEGIN SELECT RAISE(ABORT, 'append only'); END;

-- From when on commission is kept: zero where it always was, otherwise the last moment of the time before.
CREATE TABLE commission_start (at INTEGER NOT NULL) STRICT;
INSERT INTO commission_start (at)
    SELECT CASE WHEN EXISTS (SELECT 1 FROM sales) THEN (SELECT coalesce(max(at), 0) FROM journal) ELSE 0 END;

-- What was paid to an artist.
CREATE TABLE payouts (
    id         TEXT PRIMARY KEY CHECK (length(id) = 36),
    register   INTEGER NOT NULL,
    number     INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    member_id  TEXT NOT NULL REFERENCES members (id),
    artist_id  TEXT NOT NULL REFERENCES artists (id),
    -- The last day that it settles.
    until      TEXT NOT NULL CHECK (length(until) = 10),
    session_id TEXT REFERENCES drawer_sessions (id),
    tender     TEXT NOT NULL CHECK (tender IN ('cash', 'transfer', 'earlier')),
    amount     INTEGER NOT NULL CHECK (amount > 0),
    commission INTEGER NOT NULL,
    tips       INTEGER NOT NULL,
    note       TEXT,
    UNIQUE (register, number),
    CHECK (amount = commission + tips)
) STRICT;
CREATE INDEX payouts_by_artist ON payouts (artist_id, at);
CREATE INDEX payouts_by_session ON payouts (session_id) WHERE session_id IS NOT NULL;
CREATE TRIGGER payouts_no_update BEFORE UPDATE ON payouts BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER payouts_no_delete BEFORE DELETE ON payouts BEGIN SELECT RAISE(ABORT, 'append only'); END;

-- Payouts have numbers of their own.
CREATE TABLE new_counters (
    register INTEGER NOT NULL,
    name     TEXT NOT NULL CHECK (name IN ('receipt', 'z', 'payout')),
    value    INTEGER NOT NULL CHECK (value >= 0),
    PRIMARY KEY (register, name)
) STRICT;
INSERT INTO new_counters (register, name, value) SELECT register, name, value FROM counters;
DROP TABLE counters;
ALTER TABLE new_counters RENAME TO counters;

-- The sums of each day in the studio's zone, kept with every sale and recomputed by verify. A day's work by artist and
-- by what was sold; nobody's work has no artist ('').
CREATE TABLE day_lines (
    day       TEXT NOT NULL CHECK (length(day) = 10),
    artist_id TEXT NOT NULL,
    kind      TEXT NOT NULL CHECK (kind IN ('service', 'item')),
    thing_id  TEXT NOT NULL,
    -- The rate in basis points; -1 for receipts that did not keep it.
    tax_bp    INTEGER NOT NULL,
    quantity  INTEGER NOT NULL,
    -- Before discounts.
    gross     INTEGER NOT NULL,
    discount  INTEGER NOT NULL,
    tax       INTEGER NOT NULL,
    -- Of the tax, put on top of the price.
    added     INTEGER NOT NULL,
    -- After discounts, refunds taken off.
    goods     INTEGER NOT NULL,
    -- Of that, taken back: negative.
    returned  INTEGER NOT NULL,
    PRIMARY KEY (day, artist_id, kind, thing_id, tax_bp)
) STRICT, WITHOUT ROWID;

-- A day by artist: how many receipts name them, and what came of it.
CREATE TABLE day_artists (
    day        TEXT NOT NULL CHECK (length(day) = 10),
    artist_id  TEXT NOT NULL,
    sales      INTEGER NOT NULL,
    reversals  INTEGER NOT NULL,
    gross      INTEGER NOT NULL,
    discount   INTEGER NOT NULL,
    tax        INTEGER NOT NULL,
    added      INTEGER NOT NULL,
    goods      INTEGER NOT NULL,
    returned   INTEGER NOT NULL,
    tips       INTEGER NOT NULL,
    -- For own work, and as somebody's mentor.
    commission INTEGER NOT NULL,
    mentoring  INTEGER NOT NULL,
    PRIMARY KEY (day, artist_id)
) STRICT, WITHOUT ROWID;

-- A day by who stood at the till.
CREATE TABLE day_members (
    day       TEXT NOT NULL CHECK (length(day) = 10),
    member_id TEXT NOT NULL,
    kind      TEXT NOT NULL CHECK (kind IN ('sale', 'refund', 'void')),
    receipts  INTEGER NOT NULL,
    discount  INTEGER NOT NULL,
    tips      INTEGER NOT NULL,
    total     INTEGER NOT NULL,
    PRIMARY KEY (day, member_id, kind)
) STRICT, WITHOUT ROWID;

-- A day by how it was paid, deposits too.
CREATE TABLE day_tenders (
    day      TEXT NOT NULL CHECK (length(day) = 10),
    tender   TEXT NOT NULL CHECK (tender IN ('cash', 'card', 'transfer')),
    taken    INTEGER NOT NULL,
    returned INTEGER NOT NULL,
    PRIMARY KEY (day, tender)
) STRICT, WITHOUT ROWID;

-- The zone in which the days were cut; another one, or none, and they are cut anew.
CREATE TABLE day_zone (zone TEXT NOT NULL) STRICT;

-- An artist shares the studio's discounts, or does not.
INSERT INTO settings (name, value, changed_at, changed_by)
    SELECT 'commission_after_discount', 'true', created_at, NULL FROM studio;
