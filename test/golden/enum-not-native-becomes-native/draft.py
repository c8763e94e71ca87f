def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("job_status"), "job", type_="check")

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


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column("job", "status", server_default=None)
    op.alter_column(
        "job",
        "status",
        existing_type=postgresql.ENUM(name="job_status", create_type=False),
        type_=sa.String(length=20),
    )
    op.alter_column("job", "status", server_default="NEW")

    op.execute("DROP TYPE job_status")

    op.create_check_constraint(
        op.f("job_status"),
        "job",
        sa.text(
            "(status)::text = ANY ((ARRAY['NEW'::character varying, 'DONE'::character varying])::text[])"
        ),
    )
