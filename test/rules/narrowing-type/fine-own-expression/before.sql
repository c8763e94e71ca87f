CREATE TABLE place (id integer PRIMARY KEY, name character varying(200), visits bigint, price numeric(10,2), seen timestamp);
INSERT INTO place VALUES (1, 'Café am Neuen See', 3000000000, 4.95, '2020-01-01 12:34:56'), (2, 'Bar', 5, 4.00, '2020-01-02 00:00:00');
