def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("ex_job_during"), "job")
    op.create_exclude_constraint(
        op.f("ex_job_during"),
        "job",
        ("during", "&&"),
        where=sa.text("id > 0"),
        using="gist",
        deferrable=True,
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("ex_job_during"), "job")
    op.create_exclude_constraint(
        op.f("ex_job_during"), "job", ("during", "&&"), using="gist"
    )
