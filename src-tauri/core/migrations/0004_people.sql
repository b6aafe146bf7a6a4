-- The people: profiles, terms, temporary roles, PINs, notices, checklists; what the studio demands of an elevation.
-- An older Inkpoint may not open a file that has this.

ALTER TABLE members ADD COLUMN pronouns TEXT;
ALTER TABLE members ADD COLUMN email TEXT;
ALTER TABLE members ADD COLUMN phone TEXT;
ALTER TABLE members ADD COLUMN about TEXT;
-- Lists of words, as JSON.
ALTER TABLE members ADD COLUMN languages TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(languages));
ALTER TABLE members ADD COLUMN skills TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(skills));
ALTER TABLE members ADD COLUMN styles TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(styles));
ALTER TABLE members ADD COLUMN employment TEXT CHECK (employment IN ('employed', 'self_employed', 'guest'));
ALTER TABLE members ADD COLUMN guest_from TEXT CHECK (guest_from IS NULL OR length(guest_from) = 10);
ALTER TABLE members ADD COLUMN guest_until TEXT CHECK (guest_until IS NULL OR length(guest_until) = 10);
ALTER TABLE members ADD COLUMN archived_at INTEGER;
ALTER TABLE members ADD COLUMN pin_hash TEXT;
ALTER TABLE members ADD COLUMN pin_set_at INTEGER;
-- The profile of somebody who tattooed before: theirs again when they tattoo again.
ALTER TABLE members ADD COLUMN former_artist_id TEXT REFERENCES artists (id);
UPDATE members SET archived_at = coalesce(last_seen_at, created_at) WHERE active = 0;

-- A role lent until a moment; after it the member's own role counts again by itself (A032).
CREATE TABLE lent_roles (
    member_id TEXT PRIMARY KEY REFERENCES members (id),
    role      TEXT NOT NULL CHECK (role IN ('admin', 'assistant', 'artist', 'apprentice')),
    until     INTEGER NOT NULL,
    reason    TEXT,
    set_at    INTEGER NOT NULL,
    set_by    TEXT NOT NULL REFERENCES members (id)
) STRICT;

-- What a member is told inside Inkpoint (A007, A008, D12). Facts and ids as JSON; the words are the desk's.
CREATE TABLE notices (
    id        TEXT PRIMARY KEY CHECK (length(id) = 36),
    member_id TEXT NOT NULL REFERENCES members (id),
    kind      TEXT NOT NULL,
    details   TEXT NOT NULL CHECK (json_valid(details)),
    by_member TEXT REFERENCES members (id),
    at        INTEGER NOT NULL,
    read_at   INTEGER
) STRICT;
CREATE INDEX notices_by_member ON notices (member_id, at);

-- What somebody ticked off on a member's first or last day (T108 to T114).
CREATE TABLE checklist_ticks (
    member_id TEXT NOT NULL REFERENCES members (id),
    item      TEXT NOT NULL,
    at        INTEGER NOT NULL,
    by_member TEXT NOT NULL REFERENCES members (id),
    PRIMARY KEY (member_id, item)
) STRICT;

-- The monthly review, signed (T107, A028).
CREATE TABLE reviews (
    month     TEXT PRIMARY KEY CHECK (length(month) = 7),
    signed_at INTEGER NOT NULL,
    signed_by TEXT NOT NULL REFERENCES members (id),
    note      TEXT
) STRICT;

-- Why the code should be rotated before its time is up: somebody who knew it left, or a suspicion (T068).
ALTER TABLE secrets ADD COLUMN due_because TEXT CHECK (due_because IN ('left', 'suspicion'));

-- The log is read by kind and by person.
CREATE INDEX journal_by_member ON journal (member_id, seq);

INSERT INTO settings (name, value, changed_at, changed_by)
    SELECT 'elevation_reason', 'false', created_at, NULL FROM studio;
INSERT INTO settings (name, value, changed_at, changed_by)
    SELECT 'lock_after_sale', 'false', created_at, NULL FROM studio;
