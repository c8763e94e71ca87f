
CREATE TABLE place (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    town text,
    rating integer,
    code varchar(12) NOT NULL
);
CREATE INDEX ix_place_name ON place (name);
INSERT INTO place VALUES (1, 'Harbour', 'Ghent', 4, 'H-1'), (2, 'Mill', 'Bruges', NULL, 'M-22');
