def upgrade() -> None:
    """Upgrade schema."""
    # No model declares crm.lead, so it is dropped with its 1 row: answered.
    op.drop_table("lead", schema="crm")


def downgrade() -> None:
    """Downgrade schema."""
    op.create_table(
        "lead",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("lead_pkey")),
        schema="crm",
    )
