-- large: 2 rows

CREATE TABLE town (
    id bigint PRIMARY KEY,
    name text NOT NULL
);
INSERT INTO town VALUES (1, 'Ghent'), (2, 'Bruges');

CREATE TABLE place (
    id bigint,
    name text NOT NULL
);
INSERT INTO place VALUES (1, 'Harbour'), (2, 'Mill');
