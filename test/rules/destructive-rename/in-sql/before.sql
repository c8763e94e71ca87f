CREATE TABLE place (id integer PRIMARY KEY, business_name character varying(200), rating numeric);
INSERT INTO place VALUES (1, 'Café', 4.5), (2, 'Bar', NULL);
