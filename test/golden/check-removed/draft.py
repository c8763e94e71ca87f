def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("job_score_check"), "job", type_="check")


def downgrade() -> None:
    """Downgrade schema."""
    op.create_check_constraint(op.f("job_score_check"), "job", sa.text("score >= 0"))
