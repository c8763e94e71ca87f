-- foreign-key-not-valid-kept

ALTER TABLE invoice DROP CONSTRAINT fk_account;

ALTER TABLE account ALTER COLUMN id TYPE bigint;

ALTER SEQUENCE account_id_seq AS bigint;

ALTER TABLE invoice ALTER COLUMN account_id TYPE bigint;

ALTER TABLE invoice ADD CONSTRAINT fk_account FOREIGN KEY (account_id) REFERENCES account (id) NOT VALID;
