-- The clients: more about each, a search that does not read them all, merges that can be undone, erased people.
-- An older Inkpoint may not open a file that has this.

ALTER TABLE clients ADD COLUMN pronouns TEXT;
ALTER TABLE clients ADD COLUMN address TEXT;
ALTER TABLE clients ADD COLUMN emergency_name TEXT;
ALTER TABLE clients ADD COLUMN emergency_phone TEXT;
ALTER TABLE clients ADD COLUMN preferences TEXT;
-- How they came to the studio.
ALTER TABLE clients ADD COLUMN source TEXT;
-- The client that this duplicate now counts as. Sealed sales keep naming the duplicate; whoever reads follows this.
-- Always one step: when the other is merged on, this moves along.
ALTER TABLE clients ADD COLUMN merged_into TEXT REFERENCES clients (id);
ALTER TABLE clients ADD COLUMN erased_at INTEGER;
CREATE INDEX clients_by_merged ON clients (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX clients_by_artist ON clients (artist_id) WHERE artist_id IS NOT NULL;

CREATE INDEX wait_list_by_client ON wait_list (client_id);
CREATE INDEX walk_ins_by_client ON walk_ins (client_id);

-- What makes two clients look like one. The last eight digits are the same with and without a country's prefix.
DROP INDEX clients_by_search;
DROP INDEX clients_by_digits;
CREATE INDEX clients_by_tail ON clients (substr(digits, -8)) WHERE digits <> '';
CREATE INDEX clients_by_mail ON clients (lower(email)) WHERE email IS NOT NULL;
CREATE INDEX clients_by_birth ON clients (birth_date, search_name) WHERE birth_date IS NOT NULL;

-- The number by which the index below knows a client (a row's own number may change when SQLite tidies up), and the
-- name in the order of lists.
CREATE TABLE client_lookup (
    number    INTEGER PRIMARY KEY,
    client_id TEXT NOT NULL UNIQUE REFERENCES clients (id),
    name      TEXT NOT NULL,
    archived  INTEGER NOT NULL CHECK (archived IN (0, 1))
) STRICT;
CREATE INDEX client_lookup_by_name ON client_lookup (archived, name, client_id);

-- Words of the name, words of handle and mail, and the phone's digits from every digit on, so that a number is found by
-- any part of it. Keeps no text of its own.
CREATE VIRTUAL TABLE client_words USING fts5 (
    name, reach, digits,
    content = '', contentless_delete = 1, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2'
);

INSERT INTO client_lookup (client_id, name, archived)
    SELECT id, search_name, archived_at IS NOT NULL FROM clients ORDER BY rowid;
INSERT INTO client_words (rowid, name, reach, digits)
    SELECT l.number, c.search_name, coalesce(c.instagram, '') || ' ' || coalesce(c.email, ''),
        (WITH RECURSIVE part (at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM part WHERE at < length(c.digits) - 2)
         SELECT group_concat(substr(c.digits, at), ' ') FROM part)
    FROM client_lookup l JOIN clients c ON c.id = l.client_id;

-- A merge of duplicates, so that it can be taken back: what the kept client was before, what they became, and which
-- rows moved. Personal: goes when the person is erased.
CREATE TABLE client_merges (
    merged_id TEXT PRIMARY KEY REFERENCES clients (id),
    kept_id   TEXT NOT NULL REFERENCES clients (id),
    before    TEXT NOT NULL CHECK (json_valid(before)),
    after     TEXT NOT NULL CHECK (json_valid(after)),
    moved     TEXT NOT NULL CHECK (json_valid(moved)),
    at        INTEGER NOT NULL,
    by_member TEXT REFERENCES members (id)
) STRICT;
CREATE INDEX client_merges_by_kept ON client_merges (kept_id);

-- Who was erased: a backup from before is put back without them.
CREATE TABLE erased_clients (
    client_id TEXT PRIMARY KEY,
    at        INTEGER NOT NULL
) STRICT;
