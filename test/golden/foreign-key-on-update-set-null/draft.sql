-- foreign-key-on-update-set-null

ALTER TABLE invoice DROP CONSTRAINT invoice_account_id_fkey;
ALTER TABLE invoice ADD CONSTRAINT invoice_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE SET DEFAULT ON UPDATE SET NULL;
