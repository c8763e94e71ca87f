CREATE TABLE place (id serial PRIMARY KEY, name text);
INSERT INTO place (name) VALUES ('Café'), ('Bar');
