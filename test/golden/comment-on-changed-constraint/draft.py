def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("ck_job_net"), "job", type_="check")
    op.create_unique_constraint(op.f("uq_job_name"), "job", ["name"])
    op.execute("COMMENT ON CONSTRAINT uq_job_name ON job IS 'One of a name'")
    op.create_check_constraint(op.f("ck_job_net"), "job", sa.text("net > 1"))
    op.execute("COMMENT ON CONSTRAINT ck_job_net ON job IS 'New words'")


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("ck_job_net"), "job", type_="check")
    op.drop_constraint(op.f("uq_job_name"), "job", type_="unique")
    op.create_check_constraint(op.f("ck_job_net"), "job", sa.text("net > 0"))
    op.execute("COMMENT ON CONSTRAINT ck_job_net ON job IS 'Old words'")
