def upgrade() -> None:
    """Upgrade schema."""
    op.alter_column(
        "job",
        "tags",
        existing_type=sa.Text(),
        type_=postgresql.ARRAY(sa.Text()),
        postgresql_using="tags::text[]",
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column(
        "job", "tags", existing_type=postgresql.ARRAY(sa.Text()), type_=sa.Text()
    )
