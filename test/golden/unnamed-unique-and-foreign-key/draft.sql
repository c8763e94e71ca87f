-- unnamed-unique-and-foreign-key

ALTER TABLE contact ADD CONSTRAINT contact_email_key UNIQUE (email);

ALTER TABLE contact ADD CONSTRAINT contact_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE;
