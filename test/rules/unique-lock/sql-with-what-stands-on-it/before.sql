-- large: 2 rows

CREATE TABLE place (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    town text,
    rating integer,
    code varchar(12) NOT NULL
);
CREATE INDEX ix_place_name ON place (name);
INSERT INTO place VALUES (1, 'Harbour', 'Ghent', 4, 'H-1'), (2, 'Mill', 'Bruges', NULL, 'M-22');

CREATE TABLE visit (
    id bigint PRIMARY KEY,
    place_code varchar(12),
    seen_at timestamptz NOT NULL DEFAULT '2024-01-01'
);
INSERT INTO visit VALUES (1, 'H-1', '2024-03-01 10:00+00'), (2, 'M-22', '2024-03-02 10:00+00');
