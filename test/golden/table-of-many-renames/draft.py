def upgrade() -> None:
    """Upgrade schema."""
    # lead is now called prospect: answered; it keeps its 1 row.
    op.rename_table("lead", "prospect")
    # full_name is now called name: answered; 1 of 1 rows keep their value.
    op.alter_column("prospect", "full_name", new_column_name="name")
    # net is now called amount: answered; 1 of 1 rows keep their value.
    op.alter_column("prospect", "net", new_column_name="amount")

    op.execute("ALTER SEQUENCE lead_id_seq RENAME TO prospect_id_seq")
    op.execute(
        "ALTER TABLE prospect RENAME CONSTRAINT ck_lead_net TO ck_prospect_amount"
    )
    op.execute("ALTER INDEX ix_lead_full_name RENAME TO ix_prospect_name")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("ALTER INDEX ix_prospect_name RENAME TO ix_lead_full_name")
    op.execute(
        "ALTER TABLE prospect RENAME CONSTRAINT ck_prospect_amount TO ck_lead_net"
    )
    op.execute("ALTER SEQUENCE prospect_id_seq RENAME TO lead_id_seq")

    op.alter_column("prospect", "amount", new_column_name="net")
    op.alter_column("prospect", "name", new_column_name="full_name")
    op.rename_table("prospect", "lead")
