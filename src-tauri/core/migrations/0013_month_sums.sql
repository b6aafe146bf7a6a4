-- The days' sums of what was sold, month by month: a report over years reads these for its whole months.
-- An older Inkpoint may not open a file that has this.

CREATE TABLE month_lines (
    month     TEXT NOT NULL CHECK (length(month) = 7),
    artist_id TEXT NOT NULL,
    kind      TEXT NOT NULL CHECK (kind IN ('service', 'item')),
    thing_id  TEXT NOT NULL,
    tax_bp    INTEGER NOT NULL,
    quantity  INTEGER NOT NULL,
    gross     INTEGER NOT NULL,
    discount  INTEGER NOT NULL,
    tax       INTEGER NOT NULL,
    added     INTEGER NOT NULL,
    goods     INTEGER NOT NULL,
    returned  INTEGER NOT NULL,
    PRIMARY KEY (month, artist_id, kind, thing_id, tax_bp)
) STRICT, WITHOUT ROWID;
INSERT INTO month_lines
    SELECT substr(day, 1, 7), artist_id, kind, thing_id, tax_bp, sum(quantity), sum(gross), sum(discount), sum(tax),
        sum(added), sum(goods), sum(returned)
    FROM day_lines GROUP BY substr(day, 1, 7), artist_id, kind, thing_id, tax_bp;
