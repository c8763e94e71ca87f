def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("membership_pkey"), "membership", type_="primary")
    op.create_primary_key(
        op.f("membership_pkey"), "membership", ["group_id", "user_id"]
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("membership_pkey"), "membership", type_="primary")
    op.create_primary_key(
        op.f("membership_pkey"), "membership", ["user_id", "group_id"]
    )
