-- A posted count says what each item was called, measured in and worth on that day, whatever becomes of the item. Lines from
-- before have nothing here, and say what it is today.
-- An older Inkpoint may not open a file that has this: it would post counts without.
ALTER TABLE stock_count_lines ADD COLUMN sku TEXT;
ALTER TABLE stock_count_lines ADD COLUMN name TEXT;
ALTER TABLE stock_count_lines ADD COLUMN unit TEXT;
ALTER TABLE stock_count_lines ADD COLUMN cost INTEGER;
