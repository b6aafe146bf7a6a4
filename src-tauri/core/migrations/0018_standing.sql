-- What the tables whose rows change come to, so that a change made outside Inkpoint shows.
-- An older Inkpoint may not open a file that has this: it would change rows without counting them.

-- One row for each such table. The journal keeps every sum that ever stood here.
CREATE TABLE standing (
    name    TEXT PRIMARY KEY,
    -- The schema whose columns were counted: a later one counts anew.
    version INTEGER NOT NULL,
    sum     BLOB NOT NULL CHECK (length(sum) = 16)
) STRICT;

-- Words about people are counted too, and the journal keeps the sums for ever: with a salt that goes when the words are
-- erased, nobody can try what they were. Rows from before get theirs with the next change, so that this step makes the same
-- of a file each time.
ALTER TABLE appointments ADD COLUMN salt TEXT;
ALTER TABLE client_merges ADD COLUMN salt TEXT;
ALTER TABLE client_notes ADD COLUMN salt TEXT;
ALTER TABLE clients ADD COLUMN salt TEXT;
ALTER TABLE consent_waivers ADD COLUMN salt TEXT;
ALTER TABLE journal_reasons ADD COLUMN salt TEXT;
ALTER TABLE pictures ADD COLUMN salt TEXT;
ALTER TABLE projects ADD COLUMN salt TEXT;
ALTER TABLE wait_list ADD COLUMN salt TEXT;
ALTER TABLE walk_ins ADD COLUMN salt TEXT;

-- Letters that stand for two are folded to those two, so that whoever has no key for them finds the name.
CREATE TEMP TABLE refolded AS SELECT id FROM clients
    WHERE instr(search, 'ß') OR instr(search, 'æ') OR instr(search, 'œ') OR instr(search, 'þ');
UPDATE clients SET
    search = replace(replace(replace(replace(search, 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
    search_name = replace(replace(replace(replace(search_name, 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th')
    WHERE id IN (SELECT id FROM refolded);
UPDATE client_lookup SET name = (SELECT search_name FROM clients WHERE id = client_id)
    WHERE client_id IN (SELECT id FROM refolded);
DELETE FROM client_words WHERE rowid IN
    (SELECT number FROM client_lookup WHERE client_id IN (SELECT id FROM refolded));
INSERT INTO client_words (rowid, name, reach, digits)
    SELECT l.number, c.search_name,
        replace(replace(replace(replace(lower(coalesce(c.instagram, '') || ' ' || coalesce(c.email, '')),
            'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
        (WITH RECURSIVE part (at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM part WHERE at < length(c.digits) - 2)
         SELECT group_concat(substr(c.digits, at), ' ') FROM part)
    FROM client_lookup l JOIN clients c ON c.id = l.client_id WHERE c.id IN (SELECT id FROM refolded);
DROP TABLE refolded;
