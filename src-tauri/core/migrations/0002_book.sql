-- The book: clients, services, appointments, time off.
-- An older Inkpoint may not open a file that has this.

CREATE TABLE clients (
    id          TEXT PRIMARY KEY CHECK (length(id) = 36),
    name        TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    -- Name, handle and mail, folded for search; the second without what tells how to reach them.
    search      TEXT NOT NULL,
    search_name TEXT NOT NULL,
    phone       TEXT,
    digits      TEXT NOT NULL DEFAULT '',
    email       TEXT,
    instagram   TEXT,
    birth_date  TEXT CHECK (birth_date IS NULL OR length(birth_date) = 10),
    -- Health alerts: shown wherever the client is.
    alerts      TEXT,
    artist_id   TEXT REFERENCES artists (id),
    archived_at INTEGER,
    created_at  INTEGER NOT NULL,
    created_by  TEXT REFERENCES members (id),
    rev         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX clients_by_search ON clients (search);
CREATE INDEX clients_by_digits ON clients (digits);

CREATE TABLE services (
    id       TEXT PRIMARY KEY CHECK (length(id) = 36),
    name     TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    kind     TEXT NOT NULL CHECK (kind IN ('tattoo', 'piercing', 'consultation', 'other')),
    minutes  INTEGER NOT NULL CHECK (minutes BETWEEN 5 AND 1440),
    price    INTEGER NOT NULL CHECK (price BETWEEN 0 AND 1000000000000),
    position INTEGER NOT NULL,
    active   INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE appointments (
    id           TEXT PRIMARY KEY CHECK (length(id) = 36),
    artist_id    TEXT NOT NULL REFERENCES artists (id),
    client_id    TEXT NOT NULL REFERENCES clients (id),
    service_id   TEXT NOT NULL REFERENCES services (id),
    starts_at    INTEGER NOT NULL,
    ends_at      INTEGER NOT NULL,
    status       TEXT NOT NULL CHECK (status IN
        ('booked', 'confirmed', 'arrived', 'in_session', 'completed', 'no_show', 'cancelled')),
    -- Agreed with the client; the list price at checkout.
    price        INTEGER NOT NULL CHECK (price BETWEEN 0 AND 1000000000000),
    note         TEXT,
    reason       TEXT,
    arrived_at   INTEGER,
    started_at   INTEGER,
    completed_at INTEGER,
    created_at   INTEGER NOT NULL,
    created_by   TEXT REFERENCES members (id),
    rev          INTEGER NOT NULL DEFAULT 1,
    CHECK (starts_at < ends_at)
) STRICT;
CREATE INDEX appointments_by_artist ON appointments (artist_id, starts_at);
CREATE INDEX appointments_by_time ON appointments (starts_at);
CREATE INDEX appointments_by_client ON appointments (client_id, starts_at);

CREATE TABLE blocks (
    id         TEXT PRIMARY KEY CHECK (length(id) = 36),
    artist_id  TEXT NOT NULL REFERENCES artists (id),
    kind       TEXT NOT NULL CHECK (kind IN ('vacation', 'personal', 'convention', 'pause', 'other')),
    starts_at  INTEGER NOT NULL,
    ends_at    INTEGER NOT NULL,
    all_day    INTEGER NOT NULL CHECK (all_day IN (0, 1)),
    note       TEXT,
    removed_at INTEGER,
    created_at INTEGER NOT NULL,
    created_by TEXT REFERENCES members (id),
    CHECK (starts_at < ends_at)
) STRICT;
CREATE INDEX blocks_by_artist ON blocks (artist_id, starts_at);

CREATE TABLE client_notes (
    id             TEXT PRIMARY KEY CHECK (length(id) = 36),
    client_id      TEXT NOT NULL REFERENCES clients (id),
    appointment_id TEXT REFERENCES appointments (id),
    artist_id      TEXT REFERENCES artists (id),
    body           TEXT NOT NULL,
    at             INTEGER NOT NULL,
    member_id      TEXT NOT NULL REFERENCES members (id)
) STRICT;
CREATE INDEX client_notes_by_client ON client_notes (client_id, at);
