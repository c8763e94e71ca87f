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
        sa.PrimaryKeyConstraint("id", name=op.f("invoice_pkey")),
        schema="billing",
    )

    op.create_foreign_key(
        op.f("invoice_job_id_fkey"),
        "invoice",
        "job",
        ["job_id"],
        ["id"],
        source_schema="billing",
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(
        op.f("invoice_job_id_fkey"), "invoice", schema="billing", type_="foreignkey"
    )

    op.drop_table("invoice", schema="billing")

    op.execute("DROP TYPE billing.invoice_state")
    op.execute("DROP SCHEMA billing")
