-- supabase
CREATE SCHEMA auth;
CREATE TABLE auth.users (id uuid PRIMARY KEY, email text);
CREATE TABLE place (id bigint PRIMARY KEY, name text NOT NULL);
INSERT INTO auth.users VALUES ('6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b', 'ada@example.org');
INSERT INTO place VALUES (1, 'Harbour');
