def upgrade() -> None:
    """Upgrade schema."""
    op.drop_index(op.f("ix_job_owner"), table_name="job")

    op.alter_column("job", "owner", existing_type=sa.String(), type_=sa.Text())

    op.create_index(
        op.f("ix_job_owner"),
        "job",
        [sa.text("upper(owner)"), "name"],
        unique=True,
        postgresql_where=sa.text("owner <> ''"),
    )
    op.execute("COMMENT ON INDEX ix_job_owner IS 'For the list'")


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index(op.f("ix_job_owner"), table_name="job")

    op.alter_column("job", "owner", existing_type=sa.Text(), type_=sa.String())

    op.create_index(
        op.f("ix_job_owner"),
        "job",
        [sa.text("upper((owner)::text)"), "name"],
        unique=True,
        postgresql_where=sa.text("(owner)::text <> ''::text"),
    )
    op.execute("COMMENT ON INDEX ix_job_owner IS 'For the list'")
