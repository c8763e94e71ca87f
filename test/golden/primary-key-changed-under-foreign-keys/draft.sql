-- primary-key-changed-under-foreign-keys

ALTER TABLE account DROP CONSTRAINT account_parent_id_fkey;
ALTER TABLE invoice DROP CONSTRAINT invoice_account_id_fkey;
ALTER TABLE login DROP CONSTRAINT login_account_id_fkey;

ALTER TABLE account DROP CONSTRAINT account_pkey;
ALTER TABLE account DROP CONSTRAINT account_code_key;
ALTER TABLE account ADD CONSTRAINT account_pkey PRIMARY KEY (code);
ALTER TABLE account ADD CONSTRAINT account_id_key UNIQUE (id);

ALTER TABLE account ADD CONSTRAINT account_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES account (id);
ALTER TABLE invoice ADD CONSTRAINT invoice_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id);
ALTER TABLE login ADD CONSTRAINT login_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE;
