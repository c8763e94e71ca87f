def upgrade() -> None:
    """Upgrade schema."""
    op.execute("CREATE TYPE line_state AS ENUM ('OPEN', 'PAID')")

    op.create_table(
        "invoice_line",
        sa.Column("number", sa.Integer(), sa.Identity(always=True), nullable=False),
        sa.Column(
            "net",
            sa.Numeric(precision=10, scale=2),
            server_default="0.10",
            nullable=False,
        ),
        sa.Column(
            "gross",
            sa.Numeric(precision=10, scale=2),
            sa.Computed("net * 1.2", persisted=True),
            nullable=False,
        ),
        sa.Column(
            "made",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("extra", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("tags", postgresql.ARRAY(sa.String(length=20)), nullable=False),
        sa.Column(
            "state",
            postgresql.ENUM(name="line_state", create_type=False),
            server_default="OPEN",
            nullable=False,
        ),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("net >= 0", name=op.f("invoice_line_net_check")),
        sa.ForeignKeyConstraint(
            ["job_id"],
            ["job.id"],
            name=op.f("invoice_line_job_id_fkey"),
            ondelete="CASCADE",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("invoice_line_pkey")),
    )

    op.create_index(
        op.f("ix_invoice_line_job_id"), "invoice_line", ["job_id"], unique=False
    )
    op.create_index(
        op.f("ix_line_extra"),
        "invoice_line",
        ["extra"],
        unique=False,
        postgresql_using="gin",
    )
    op.create_index(
        op.f("uq_line_open"),
        "invoice_line",
        ["job_id"],
        unique=True,
        postgresql_where=sa.text("state = 'OPEN'"),
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index(op.f("uq_line_open"), table_name="invoice_line")
    op.drop_index(op.f("ix_line_extra"), table_name="invoice_line")
    op.drop_index(op.f("ix_invoice_line_job_id"), table_name="invoice_line")

    op.drop_table("invoice_line")

    op.execute("DROP TYPE line_state")
