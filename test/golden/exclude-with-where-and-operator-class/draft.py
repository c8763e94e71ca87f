def upgrade() -> None:
    """Upgrade schema."""
    op.create_exclude_constraint(
        op.f("ex_booking"),
        "booking",
        ("room", "="),
        ("during", "&&"),
        where=sa.text("room > 0"),
        using="gist",
        deferrable=True,
        initially="DEFERRED",
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("ex_booking"), "booking")
