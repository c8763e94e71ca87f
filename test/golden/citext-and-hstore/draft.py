def upgrade() -> None:
    """Upgrade schema."""
    op.add_column("job", sa.Column("data", postgresql.HSTORE(), nullable=True))
    op.add_column(
        "job", sa.Column("tags", postgresql.ARRAY(postgresql.CITEXT()), nullable=True)
    )
    op.alter_column(
        "job",
        "name",
        existing_type=sa.Text(),
        type_=postgresql.CITEXT(),
        postgresql_using="name::citext",
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column("job", "name", existing_type=postgresql.CITEXT(), type_=sa.Text())

    op.drop_column("job", "tags")
    op.drop_column("job", "data")
