-- The agenda: buffers, projects of several sessions, the wait-list, blocks that repeat, and who walked in.
-- An older Inkpoint may not open a file that has this.

-- Time an artist needs before and after; agreed per service, kept per appointment.
ALTER TABLE services ADD COLUMN setup_minutes INTEGER NOT NULL DEFAULT 0 CHECK (setup_minutes BETWEEN 0 AND 240);
ALTER TABLE services ADD COLUMN cleanup_minutes INTEGER NOT NULL DEFAULT 0 CHECK (cleanup_minutes BETWEEN 0 AND 240);
ALTER TABLE appointments ADD COLUMN setup_minutes INTEGER NOT NULL DEFAULT 0 CHECK (setup_minutes BETWEEN 0 AND 240);
ALTER TABLE appointments ADD COLUMN cleanup_minutes INTEGER NOT NULL DEFAULT 0 CHECK (cleanup_minutes BETWEEN 0 AND 240);

-- A tattoo of several sessions.
CREATE TABLE projects (
    id         TEXT PRIMARY KEY CHECK (length(id) = 36),
    client_id  TEXT NOT NULL REFERENCES clients (id),
    artist_id  TEXT NOT NULL REFERENCES artists (id),
    title      TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 120),
    placement  TEXT,
    idea       TEXT,
    -- Sessions agreed on.
    planned    INTEGER NOT NULL CHECK (planned BETWEEN 1 AND 100),
    closed_at  INTEGER,
    created_at INTEGER NOT NULL,
    created_by TEXT REFERENCES members (id),
    rev        INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX projects_by_client ON projects (client_id);
CREATE INDEX projects_by_artist ON projects (artist_id);

ALTER TABLE appointments ADD COLUMN project_id TEXT REFERENCES projects (id);
CREATE INDEX appointments_by_project ON appointments (project_id, starts_at) WHERE project_id IS NOT NULL;

-- When and how the client was last reminded.
ALTER TABLE appointments ADD COLUMN reminded_at INTEGER;
ALTER TABLE appointments ADD COLUMN reminded_by TEXT CHECK (reminded_by IN ('mail', 'phone', 'message'));

-- Blocks entered together: every Monday off, say.
ALTER TABLE blocks ADD COLUMN series_id TEXT;
CREATE INDEX blocks_by_series ON blocks (series_id) WHERE series_id IS NOT NULL;

-- Who would come if there were time.
CREATE TABLE wait_list (
    id         TEXT PRIMARY KEY CHECK (length(id) = 36),
    client_id  TEXT NOT NULL REFERENCES clients (id),
    -- None: any artist.
    artist_id  TEXT REFERENCES artists (id),
    service_id TEXT NOT NULL REFERENCES services (id),
    minutes    INTEGER NOT NULL CHECK (minutes BETWEEN 5 AND 1440),
    from_day   TEXT NOT NULL CHECK (length(from_day) = 10),
    until_day  TEXT NOT NULL CHECK (length(until_day) = 10),
    note       TEXT,
    created_at INTEGER NOT NULL,
    created_by TEXT REFERENCES members (id),
    settled_at INTEGER,
    outcome    TEXT CHECK (outcome IN ('booked', 'withdrawn')),
    CHECK (from_day <= until_day),
    CHECK ((settled_at IS NULL) = (outcome IS NULL))
) STRICT;
CREATE INDEX wait_list_open ON wait_list (created_at) WHERE settled_at IS NULL;

-- Who came without an appointment and waits.
CREATE TABLE walk_ins (
    id             TEXT PRIMARY KEY CHECK (length(id) = 36),
    client_id      TEXT NOT NULL REFERENCES clients (id),
    -- Whom they want: one artist, whoever is free next, or nobody in particular.
    wish           TEXT NOT NULL CHECK (wish IN ('artist', 'next', 'none')),
    artist_id      TEXT REFERENCES artists (id),
    service_id     TEXT REFERENCES services (id),
    note           TEXT,
    arrived_at     INTEGER NOT NULL,
    created_by     TEXT REFERENCES members (id),
    settled_at     INTEGER,
    outcome        TEXT CHECK (outcome IN ('seated', 'left')),
    appointment_id TEXT REFERENCES appointments (id),
    reason         TEXT,
    CHECK ((wish = 'artist') = (artist_id IS NOT NULL)),
    CHECK ((settled_at IS NULL) = (outcome IS NULL))
) STRICT;
CREATE INDEX walk_ins_open ON walk_ins (arrived_at) WHERE settled_at IS NULL;
