-- primary-key-to-bigint-under-foreign-keys

ALTER TABLE account DROP CONSTRAINT account_parent_id_fkey;
ALTER TABLE invoice DROP CONSTRAINT invoice_account_id_fkey;
ALTER TABLE login DROP CONSTRAINT login_account_id_fkey;

ALTER TABLE account ALTER COLUMN id TYPE bigint;

ALTER SEQUENCE account_id_seq AS bigint;

ALTER TABLE account ALTER COLUMN parent_id TYPE bigint;

ALTER TABLE invoice ALTER COLUMN account_id TYPE bigint;

ALTER TABLE login ALTER COLUMN account_id TYPE bigint;

ALTER TABLE account ADD CONSTRAINT account_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES account (id);
ALTER TABLE invoice ADD CONSTRAINT invoice_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id);
ALTER TABLE login ADD CONSTRAINT login_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE;
