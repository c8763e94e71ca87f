def upgrade() -> None:
    """Upgrade schema."""
    op.execute("ALTER TABLE job ADD COLUMN new amount")
    op.execute("ALTER TABLE job ALTER COLUMN net TYPE amount USING net::text::amount")
    op.alter_column(
        "job", "old", type_=sa.Integer(), postgresql_using="old::text::integer"
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("ALTER TABLE job ALTER COLUMN old TYPE amount USING old::text::amount")
    op.alter_column(
        "job", "net", type_=sa.Integer(), postgresql_using="net::text::integer"
    )

    op.drop_column("job", "new")
