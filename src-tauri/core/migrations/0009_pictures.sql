-- Pictures of work: what the client brought, how it goes, how it came out. The pictures themselves lie in a folder beside
-- the file, each under the hash of its bytes.
-- An older Inkpoint may not open a file that has this.

CREATE TABLE pictures (
    id             TEXT PRIMARY KEY CHECK (length(id) = 36),
    client_id      TEXT NOT NULL REFERENCES clients (id),
    appointment_id TEXT REFERENCES appointments (id),
    kind           TEXT NOT NULL CHECK (kind IN ('reference', 'progress', 'result', 'healed')),
    title          TEXT CHECK (title IS NULL OR length(title) BETWEEN 1 AND 120),
    -- SHA-256 of the picture and of its small copy, in hex: part of a path, so nothing else may stand here.
    hash           TEXT NOT NULL CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'),
    thumb_hash     TEXT NOT NULL CHECK (length(thumb_hash) = 64 AND thumb_hash NOT GLOB '*[^0-9a-f]*'),
    width          INTEGER NOT NULL CHECK (width BETWEEN 1 AND 3000),
    height         INTEGER NOT NULL CHECK (height BETWEEN 1 AND 3000),
    added_at       INTEGER NOT NULL,
    added_by       TEXT NOT NULL REFERENCES members (id),
    removed_at     INTEGER
) STRICT;
CREATE INDEX pictures_by_client ON pictures (client_id, added_at);
CREATE INDEX pictures_by_appointment ON pictures (appointment_id, added_at) WHERE appointment_id IS NOT NULL;
CREATE INDEX pictures_by_hash ON pictures (hash);

-- Pictures of erased people that are still to go from the folder: a file goes only after what names it is gone for good.
CREATE TABLE gone_pictures (
    hash TEXT PRIMARY KEY CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*')
) STRICT;
