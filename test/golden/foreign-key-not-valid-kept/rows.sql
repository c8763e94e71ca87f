ALTER TABLE invoice DROP CONSTRAINT fk_account;
INSERT INTO account (name) VALUES ('a');
INSERT INTO invoice (account_id) VALUES (1), (99);
ALTER TABLE invoice ADD CONSTRAINT fk_account FOREIGN KEY (account_id) REFERENCES account (id) NOT VALID;
