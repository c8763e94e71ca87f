-- naming-convention-introduced

ALTER TABLE account RENAME CONSTRAINT account_pkey TO pk_account;
ALTER TABLE account RENAME CONSTRAINT account_email_key TO uq_account_email;
ALTER TABLE invoice RENAME CONSTRAINT invoice_pkey TO pk_invoice;
ALTER TABLE invoice RENAME CONSTRAINT net TO ck_invoice_net;
ALTER TABLE invoice RENAME CONSTRAINT invoice_account_id_fkey TO fk_invoice_account_id_account;
