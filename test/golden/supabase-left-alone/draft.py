def upgrade() -> None:
    """Upgrade schema."""
    op.add_column(
        "profile", sa.Column("user_id", postgresql.UUID(as_uuid=True), nullable=True)
    )

    op.create_foreign_key(
        op.f("profile_user_id_fkey"),
        "profile",
        "users",
        ["user_id"],
        ["id"],
        ondelete="CASCADE",
        referent_schema="auth",
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("profile_user_id_fkey"), "profile", type_="foreignkey")

    op.drop_column("profile", "user_id")
