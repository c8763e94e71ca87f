def upgrade() -> None:
    """Upgrade schema."""
    op.create_exclude_constraint(
        op.f("ex_job_during"), "job", ("during", "&&"), using="gist"
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("ex_job_during"), "job")
