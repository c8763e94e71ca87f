-- Nobody reads the town any more
ALTER TABLE place
    ADD COLUMN region text;
CREATE TABLE place_town_dropped (
    id bigint NOT NULL,
    town text,
    PRIMARY KEY (id)
);
INSERT INTO place_town_dropped (id, town) SELECT id, town FROM place WHERE town IS NOT NULL;
ALTER TABLE place
    DROP COLUMN town, -- asked for in March
    ALTER COLUMN rating SET DEFAULT 0;
