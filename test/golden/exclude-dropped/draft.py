def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("ex_booking"), "booking")


def downgrade() -> None:
    """Downgrade schema."""
    op.create_exclude_constraint(
        op.f("ex_booking"), "booking", ("during", "&&"), using="gist"
    )
