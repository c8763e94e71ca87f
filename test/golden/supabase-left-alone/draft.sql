-- supabase-left-alone

ALTER TABLE profile ADD COLUMN user_id uuid;

ALTER TABLE profile ADD CONSTRAINT profile_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users (id) ON DELETE CASCADE;
