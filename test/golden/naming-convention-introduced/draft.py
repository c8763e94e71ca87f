def upgrade() -> None:
    """Upgrade schema."""
    op.execute("ALTER TABLE account RENAME CONSTRAINT account_pkey TO pk_account")
    op.execute(
        "ALTER TABLE account RENAME CONSTRAINT account_email_key TO uq_account_email"
    )
    op.execute("ALTER TABLE invoice RENAME CONSTRAINT invoice_pkey TO pk_invoice")
    op.execute("ALTER TABLE invoice RENAME CONSTRAINT net TO ck_invoice_net")
    op.execute(
        "ALTER TABLE invoice RENAME CONSTRAINT invoice_account_id_fkey TO fk_invoice_account_id_account"
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.execute(
        "ALTER TABLE invoice RENAME CONSTRAINT fk_invoice_account_id_account TO invoice_account_id_fkey"
    )
    op.execute("ALTER TABLE invoice RENAME CONSTRAINT ck_invoice_net TO net")
    op.execute("ALTER TABLE invoice RENAME CONSTRAINT pk_invoice TO invoice_pkey")
    op.execute(
        "ALTER TABLE account RENAME CONSTRAINT uq_account_email TO account_email_key"
    )
    op.execute("ALTER TABLE account RENAME CONSTRAINT pk_account TO account_pkey")
