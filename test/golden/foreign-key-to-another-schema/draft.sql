-- foreign-key-to-another-schema

ALTER TABLE invoice ADD CONSTRAINT invoice_account_id_fkey FOREIGN KEY (account_id) REFERENCES crm.account (id);
