-- Reports kept by a name; with a folder they are written there when a month has ended.
-- An older Inkpoint may not open a file that has this.

CREATE TABLE saved_reports (
    id         TEXT PRIMARY KEY CHECK (length(id) = 36),
    name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    what       TEXT NOT NULL CHECK (what IN ('transactions', 'period', 'payouts', 'statement')),
    format     TEXT NOT NULL CHECK (format IN ('csv', 'xlsx')),
    period     TEXT NOT NULL CHECK (period IN ('today', 'this_week', 'last_week', 'this_month', 'last_month',
        'this_quarter', 'last_quarter', 'this_year', 'last_year')),
    artist_id  TEXT REFERENCES artists (id),
    folder     TEXT,
    -- The last month that was written; months before it was kept are not.
    written    TEXT CHECK (length(written) = 7),
    failed     INTEGER NOT NULL CHECK (failed IN (0, 1)),
    changed_at INTEGER NOT NULL,
    CHECK (what <> 'statement' OR artist_id IS NOT NULL)
) STRICT;
