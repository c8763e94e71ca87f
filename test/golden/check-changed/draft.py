def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("ck_job_score"), "job", type_="check")
    op.create_check_constraint(
        op.f("ck_job_score"), "job", sa.text("score BETWEEN 0 AND 100")
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("ck_job_score"), "job", type_="check")
    op.create_check_constraint(op.f("ck_job_score"), "job", sa.text("score >= 0"))
