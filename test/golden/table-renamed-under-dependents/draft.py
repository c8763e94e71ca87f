def upgrade() -> None:
    """Upgrade schema."""
    # lead is now called prospect: answered; it keeps its 1 row.
    op.rename_table("lead", "prospect")

    op.execute("ALTER SEQUENCE lead_id_seq RENAME TO prospect_id_seq")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("ALTER SEQUENCE prospect_id_seq RENAME TO lead_id_seq")

    op.rename_table("prospect", "lead")
