CREATE TABLE place (id integer PRIMARY KEY, name text NOT NULL, phone text, website text NOT NULL);
INSERT INTO place VALUES (1, 'Café', '030', 'cafe.example'), (2, 'Bar', NULL, 'bar.example');
