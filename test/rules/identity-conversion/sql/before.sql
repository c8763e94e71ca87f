CREATE TABLE place (id serial PRIMARY KEY, name text NOT NULL);
INSERT INTO place (name) VALUES ('Harbour'), ('Mill');
