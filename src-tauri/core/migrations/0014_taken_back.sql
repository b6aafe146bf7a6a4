-- A payout that was wrong is taken back by one of its own; and where the journal last spoke of the clock is found at once.
-- An older Inkpoint may not open a file that has this.

-- A CHECK cannot be changed in place. The rows go over as they are, so their seals hold.
CREATE TABLE new_payouts (
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
    -- Negative where it takes another back.
    amount     INTEGER NOT NULL CHECK (amount <> 0),
    commission INTEGER NOT NULL,
    tips       INTEGER NOT NULL,
    note       TEXT,
    -- The payout that this one takes back, whole.
    reverses   TEXT UNIQUE REFERENCES new_payouts (id),
    UNIQUE (register, number),
    CHECK (amount = commission + tips),
    CHECK ((reverses IS NULL) = (amount > 0))
) STRICT;
INSERT INTO new_payouts (id, register, number, at, member_id, artist_id, until, session_id, tender, amount, commission,
        tips, note)
    SELECT id, register, number, at, member_id, artist_id, until, session_id, tender, amount, commission, tips, note
    FROM payouts ORDER BY rowid;
DROP TABLE payouts;
ALTER TABLE new_payouts RENAME TO payouts;
CREATE INDEX payouts_by_artist ON payouts (artist_id, at);
CREATE INDEX payouts_by_session ON payouts (session_id) WHERE session_id IS NOT NULL;
CREATE TRIGGER payouts_no_update BEFORE UPDATE ON payouts BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER payouts_no_delete BEFORE DELETE ON payouts BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE INDEX journal_of_the_clock ON journal (seq)
    WHERE command IN ('clock_regressed', 'security.confirm_clock') AND outcome = 'done';
