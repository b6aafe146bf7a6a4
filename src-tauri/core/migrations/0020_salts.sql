-- The words of these rows are counted from now on as all others are: with a salt, nobody can try them against the sums that
-- the journal keeps. Rows from before get theirs with the next change.
-- An older Inkpoint may not open a file that has this: it would write rows without one.
ALTER TABLE blocks ADD COLUMN salt TEXT;
ALTER TABLE lent_roles ADD COLUMN salt TEXT;
ALTER TABLE portfolio_items ADD COLUMN salt TEXT;
ALTER TABLE reviews ADD COLUMN salt TEXT;
ALTER TABLE supply_requests ADD COLUMN salt TEXT;
ALTER TABLE switches ADD COLUMN salt TEXT;
