-- column-renamed-with-index-and-fk

ALTER TABLE contact RENAME owner_id TO account_id;
ALTER TABLE contact RENAME email TO mail;

ALTER TABLE contact RENAME CONSTRAINT uq_contact_email TO uq_contact_mail;
ALTER TABLE contact RENAME CONSTRAINT fk_contact_owner_id_account TO fk_contact_account_id_account;
ALTER INDEX ix_contact_owner_id RENAME TO ix_contact_account_id;
