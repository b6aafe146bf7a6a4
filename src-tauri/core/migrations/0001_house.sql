-- The house: studio, settings, people, secrets, journal.
-- An older Inkpoint may not open a file that has this (there is none older).

CREATE TABLE studio (
    id         TEXT PRIMARY KEY CHECK (length(id) = 36),
    created_at INTEGER NOT NULL,
    demo       INTEGER NOT NULL CHECK (demo IN (0, 1))
) STRICT;

CREATE TABLE settings (
    name       TEXT PRIMARY KEY,
    value      TEXT NOT NULL CHECK (json_valid(value)),
    changed_at INTEGER NOT NULL,
    changed_by TEXT
) STRICT;

-- What a setting was before, so that it can be put back.
CREATE TABLE settings_history (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    value      TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by TEXT
) STRICT;

CREATE TABLE artists (
    id            TEXT PRIMARY KEY CHECK (length(id) = 36),
    name          TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    position      INTEGER NOT NULL,
    commission_bp INTEGER NOT NULL CHECK (commission_bp BETWEEN 0 AND 10000),
    active        INTEGER NOT NULL CHECK (active IN (0, 1)),
    created_at    INTEGER NOT NULL
) STRICT;

-- Weekly hours, minutes of the day in the studio's zone; no row means a day off. weekday 1 is Monday.
CREATE TABLE artist_hours (
    artist_id TEXT NOT NULL REFERENCES artists (id),
    weekday   INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    opens     INTEGER NOT NULL CHECK (opens BETWEEN 0 AND 1439),
    closes    INTEGER NOT NULL CHECK (closes BETWEEN 1 AND 1440),
    PRIMARY KEY (artist_id, weekday),
    CHECK (opens < closes)
) STRICT;

CREATE TABLE members (
    id                  TEXT PRIMARY KEY CHECK (length(id) = 36),
    username            TEXT NOT NULL UNIQUE CHECK (length(username) BETWEEN 2 AND 40),
    name                TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    role                TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'assistant', 'artist', 'apprentice')),
    active              INTEGER NOT NULL CHECK (active IN (0, 1)),
    artist_id           TEXT UNIQUE REFERENCES artists (id),
    password_hash       TEXT NOT NULL,
    password_epoch      INTEGER NOT NULL DEFAULT 0,
    password_changed_at INTEGER NOT NULL,
    must_change         INTEGER NOT NULL CHECK (must_change IN (0, 1)),
    -- Grows with every change of role, link or switch: an open elevation of older rights no longer holds.
    rights_epoch        INTEGER NOT NULL DEFAULT 0,
    created_at          INTEGER NOT NULL,
    last_seen_at        INTEGER
) STRICT;
-- Exactly one owner (D07).
CREATE UNIQUE INDEX members_one_owner ON members (role) WHERE role = 'owner';

CREATE TABLE password_history (
    member_id     TEXT NOT NULL REFERENCES members (id),
    password_hash TEXT NOT NULL,
    replaced_at   INTEGER NOT NULL,
    PRIMARY KEY (member_id, replaced_at)
) STRICT;

CREATE TABLE switches (
    member_id TEXT NOT NULL REFERENCES members (id),
    name      TEXT NOT NULL,
    is_on     INTEGER NOT NULL CHECK (is_on IN (0, 1)),
    until     INTEGER,
    reason    TEXT,
    set_at    INTEGER NOT NULL,
    set_by    TEXT NOT NULL REFERENCES members (id),
    PRIMARY KEY (member_id, name)
) STRICT;

-- The master code and the recovery code, as hashes only.
CREATE TABLE secrets (
    name       TEXT PRIMARY KEY CHECK (name IN ('master_code', 'recovery_code')),
    hash       TEXT NOT NULL,
    generation INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by TEXT
) STRICT;

CREATE TABLE throttles (
    subject  TEXT PRIMARY KEY,
    failures INTEGER NOT NULL CHECK (failures >= 0),
    last_at  INTEGER NOT NULL
) STRICT;

-- Append-only and hash-chained. Ids, actions and row hashes; no personal data.
CREATE TABLE journal (
    seq         INTEGER PRIMARY KEY,
    at          INTEGER NOT NULL,
    member_id   TEXT,
    role        TEXT,
    command     TEXT NOT NULL,
    outcome     TEXT NOT NULL,
    -- 'code', or the id of the member who approved.
    elevated_by TEXT,
    -- The ids it was about and facts without personal data, as JSON.
    details     TEXT NOT NULL,
    -- [table, id, hash] of each money or stock row it wrote, as JSON.
    seals       TEXT NOT NULL,
    prev        BLOB NOT NULL CHECK (length(prev) = 32),
    hash        BLOB NOT NULL UNIQUE CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX journal_by_time ON journal (at);
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'append only'); END;

-- Why, in the member's words: outside the chain, since words may name a person who is erased later.
CREATE TABLE journal_reasons (
    seq    INTEGER PRIMARY KEY REFERENCES journal (seq),
    reason TEXT NOT NULL
) STRICT;

-- How often the same refusal came again within its minute.
CREATE TABLE refusal_counts (
    seq     INTEGER PRIMARY KEY REFERENCES journal (seq),
    count   INTEGER NOT NULL CHECK (count >= 1),
    last_at INTEGER NOT NULL
) STRICT;

-- Keys that callers made for their changes, with the first reply.
CREATE TABLE request_keys (
    key       TEXT PRIMARY KEY,
    member_id TEXT,
    command   TEXT NOT NULL,
    digest    BLOB,
    reply     TEXT,
    at        INTEGER NOT NULL
) STRICT;

-- Numbers without gaps: taken in the transaction that uses them.
CREATE TABLE counters (
    register INTEGER NOT NULL,
    name     TEXT NOT NULL CHECK (name IN ('receipt', 'z')),
    value    INTEGER NOT NULL CHECK (value >= 0),
    PRIMARY KEY (register, name)
) STRICT;
