-- supabase
CREATE SCHEMA auth;
CREATE TABLE auth.users (id uuid PRIMARY KEY, email text);
CREATE TABLE place (id integer PRIMARY KEY);
ALTER TABLE place ADD COLUMN name text;
INSERT INTO place VALUES (1, 'Café');
