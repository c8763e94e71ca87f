def upgrade() -> None:
    """Upgrade schema."""
    op.execute("CREATE SCHEMA billing")
    op.execute("CREATE TYPE billing.invoice_state AS ENUM ('OPEN', 'PAID')")

    op.create_table(
        "invoice",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column(
            "state",
            postgresql.ENUM(name="invoice_state", schema="billing", create_type=False),
            nullable=False,
        ),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name=op.f("invoice_job_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("invoice_pkey")),
        schema="billing",
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_table("invoice", schema="billing")

    op.execute("DROP TYPE billing.invoice_state")
    op.execute("DROP SCHEMA billing")
