-- foreign-key-target-changed

ALTER TABLE invoice DROP CONSTRAINT invoice_account_id_fkey;
ALTER TABLE invoice ADD CONSTRAINT invoice_account_id_fkey FOREIGN KEY (account_id) REFERENCES person (id);
