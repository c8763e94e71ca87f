-- foreign-key-removed

ALTER TABLE invoice DROP CONSTRAINT invoice_account_id_fkey;
