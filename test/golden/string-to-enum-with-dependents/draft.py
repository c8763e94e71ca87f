def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("ck_job_done"), "job", type_="check")

    op.drop_index(op.f("ix_job_new"), table_name="job")

    op.drop_column("job", "open")

    op.execute("CREATE TYPE job_status AS ENUM ('NEW', 'DONE')")

    op.alter_column("job", "status", server_default=None)
    op.alter_column(
        "job",
        "status",
        existing_type=sa.String(length=20),
        type_=postgresql.ENUM(name="job_status", create_type=False),
        postgresql_using="status::job_status",
    )
    op.alter_column("job", "status", server_default="NEW")
    op.add_column(
        "job",
        sa.Column(
            "open",
            sa.Boolean(),
            sa.Computed("status = 'NEW'", persisted=True),
            nullable=True,
        ),
    )

    op.create_check_constraint(
        op.f("ck_job_done"), "job", sa.text("status <> 'DONE' OR name IS NULL")
    )

    op.create_index(
        op.f("ix_job_new"),
        "job",
        ["name"],
        unique=False,
        postgresql_where=sa.text("status = 'NEW'"),
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index(op.f("ix_job_new"), table_name="job")

    op.drop_constraint(op.f("ck_job_done"), "job", type_="check")

    op.drop_column("job", "open")

    op.alter_column("job", "status", server_default=None)
    op.alter_column(
        "job",
        "status",
        existing_type=postgresql.ENUM(name="job_status", create_type=False),
        type_=sa.String(length=20),
    )
    op.alter_column("job", "status", server_default="NEW")

    op.execute("DROP TYPE job_status")

    op.add_column(
        "job",
        sa.Column(
            "open",
            sa.Boolean(),
            sa.Computed("(status)::text = 'NEW'::text", persisted=True),
            nullable=True,
        ),
    )

    op.create_index(
        op.f("ix_job_new"),
        "job",
        ["name"],
        unique=False,
        postgresql_where=sa.text("(status)::text = 'NEW'::text"),
    )

    op.create_check_constraint(
        op.f("ck_job_done"),
        "job",
        sa.text("((status)::text <> 'DONE'::text) OR (name IS NULL)"),
    )
