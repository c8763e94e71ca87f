def upgrade() -> None:
    """Upgrade schema."""
    # owner_id is now called account_id: answered; 2 of 2 rows keep their value.
    op.alter_column("contact", "owner_id", new_column_name="account_id")
    # email is now called mail: the model says so (renamed_from).
    op.alter_column("contact", "email", new_column_name="mail")

    op.execute(
        "ALTER TABLE contact RENAME CONSTRAINT uq_contact_email TO uq_contact_mail"
    )
    op.execute(
        "ALTER TABLE contact RENAME CONSTRAINT fk_contact_owner_id_account TO fk_contact_account_id_account"
    )
    op.execute("ALTER INDEX ix_contact_owner_id RENAME TO ix_contact_account_id")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("ALTER INDEX ix_contact_account_id RENAME TO ix_contact_owner_id")
    op.execute(
        "ALTER TABLE contact RENAME CONSTRAINT fk_contact_account_id_account TO fk_contact_owner_id_account"
    )
    op.execute(
        "ALTER TABLE contact RENAME CONSTRAINT uq_contact_mail TO uq_contact_email"
    )

    op.alter_column("contact", "mail", new_column_name="email")
    op.alter_column("contact", "account_id", new_column_name="owner_id")
