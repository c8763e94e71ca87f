-- column-renamed-with-index-and-fk

-- owner_id is now called account_id: answered; 2 of 2 rows keep their value.
ALTER TABLE contact RENAME owner_id TO account_id;
-- email is now called mail: the model says so (renamed_from).
ALTER TABLE contact RENAME email TO mail;

ALTER TABLE contact RENAME CONSTRAINT uq_contact_email TO uq_contact_mail;
ALTER TABLE contact RENAME CONSTRAINT fk_contact_owner_id_account TO fk_contact_account_id_account;
ALTER INDEX ix_contact_owner_id RENAME TO ix_contact_account_id;
