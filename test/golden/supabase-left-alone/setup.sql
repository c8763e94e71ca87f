DO $$ BEGIN CREATE ROLE supabase_admin; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
CREATE SCHEMA auth AUTHORIZATION supabase_admin;
CREATE SCHEMA storage AUTHORIZATION supabase_admin;
CREATE TYPE auth.factor AS ENUM ('totp', 'phone');
CREATE TABLE auth.users (id uuid PRIMARY KEY, email text, factor auth.factor);
CREATE TABLE storage.objects (id uuid PRIMARY KEY, owner uuid REFERENCES auth.users (id));
ALTER TABLE auth.users OWNER TO supabase_admin;
ALTER TABLE storage.objects OWNER TO supabase_admin;
INSERT INTO auth.users (id) VALUES ('6f9619ff-8b86-d011-b42d-00c04fc964ff');
