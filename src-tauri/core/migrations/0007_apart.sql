-- Clients that look like one person and are two: somebody looked, and they are not suggested again.
-- An older Inkpoint may not open a file that has this.

CREATE TABLE different_clients (
    first_id  TEXT NOT NULL REFERENCES clients (id),
    second_id TEXT NOT NULL REFERENCES clients (id),
    at        INTEGER NOT NULL,
    by_member TEXT REFERENCES members (id),
    PRIMARY KEY (first_id, second_id),
    CHECK (first_id < second_id)
) STRICT;
CREATE INDEX different_clients_by_second ON different_clients (second_id);
