CREATE TABLE place (id integer PRIMARY KEY, name text NOT NULL, note text DEFAULT 'none', kind text);
INSERT INTO place VALUES (1, 'Café', NULL, 'a'), (2, 'Bar', 'x', 'a');
