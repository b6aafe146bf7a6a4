-- The portfolios: finished work that artists show. The pictures lie in the same folder as those of visits.
-- An older Inkpoint may not open a file that has this.

CREATE TABLE portfolio_items (
    id             TEXT PRIMARY KEY CHECK (length(id) = 36),
    artist_id      TEXT NOT NULL REFERENCES artists (id),
    -- Whose skin it is on, where that is said: then it is shown for as long as they agree to it, and no longer.
    client_id      TEXT REFERENCES clients (id),
    appointment_id TEXT REFERENCES appointments (id),
    title          TEXT CHECK (title IS NULL OR length(title) BETWEEN 1 AND 120),
    description    TEXT,
    -- A list of words.
    styles         TEXT NOT NULL CHECK (json_valid(styles)),
    body_area      TEXT CHECK (body_area IS NULL OR length(body_area) BETWEEN 1 AND 60),
    colour         TEXT CHECK (colour IN ('colour', 'black')),
    stage          TEXT CHECK (stage IN ('fresh', 'healed')),
    featured       INTEGER NOT NULL CHECK (featured IN (0, 1)),
    -- Clients may see it; otherwise the studio alone does.
    published      INTEGER NOT NULL CHECK (published IN (0, 1)),
    -- Within an artist's portfolio; the lowest comes first.
    position       INTEGER NOT NULL,
    -- SHA-256 of the picture and of its small copy, in hex: part of a path, so nothing else may stand here.
    hash           TEXT NOT NULL CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'),
    thumb_hash     TEXT NOT NULL CHECK (length(thumb_hash) = 64 AND thumb_hash NOT GLOB '*[^0-9a-f]*'),
    width          INTEGER NOT NULL CHECK (width BETWEEN 1 AND 3000),
    height         INTEGER NOT NULL CHECK (height BETWEEN 1 AND 3000),
    added_at       INTEGER NOT NULL,
    added_by       TEXT NOT NULL REFERENCES members (id),
    removed_at     INTEGER,
    CHECK (appointment_id IS NULL OR client_id IS NOT NULL)
) STRICT;
CREATE INDEX portfolio_items_by_artist ON portfolio_items (artist_id, position);
CREATE INDEX portfolio_items_by_client ON portfolio_items (client_id) WHERE client_id IS NOT NULL;
CREATE INDEX portfolio_items_by_hash ON portfolio_items (hash);
