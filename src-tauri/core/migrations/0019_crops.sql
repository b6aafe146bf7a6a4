-- Pictures of portfolios that show a part of what was sent. What a part was cut from stays, so that it can be cut anew.
-- An older Inkpoint may not open a file that has this: it would leave the whole picture behind when its client is forgotten.

-- SHA-256 of the whole picture, in hex, where `hash` is that of a part of it. Part of a path, so nothing else may stand here.
ALTER TABLE portfolio_items ADD COLUMN original_hash TEXT CHECK (length(original_hash) = 64 AND original_hash NOT GLOB '*[^0-9a-f]*');

-- Of the whole picture's small copy.
ALTER TABLE portfolio_items ADD COLUMN original_thumb_hash TEXT CHECK (length(original_thumb_hash) = 64 AND original_thumb_hash NOT GLOB '*[^0-9a-f]*');

-- Of the whole picture.
ALTER TABLE portfolio_items ADD COLUMN original_width INTEGER CHECK (original_width BETWEEN 1 AND 3000);
ALTER TABLE portfolio_items ADD COLUMN original_height INTEGER CHECK (original_height BETWEEN 1 AND 3000);

-- Where in the whole picture the part begins; how large it is, `width` and `height` say.
ALTER TABLE portfolio_items ADD COLUMN crop_x INTEGER;
ALTER TABLE portfolio_items ADD COLUMN crop_y INTEGER CHECK (
    CASE WHEN original_hash IS NULL
        THEN coalesce(original_thumb_hash, original_width, original_height, crop_x, crop_y) IS NULL
        ELSE coalesce(original_thumb_hash IS NOT NULL AND crop_x >= 0 AND crop_y >= 0
            AND crop_x + width <= original_width AND crop_y + height <= original_height, 0)
    END
);

CREATE INDEX portfolio_items_by_original ON portfolio_items (original_hash) WHERE original_hash IS NOT NULL;
