def upgrade() -> None:
    """Upgrade schema."""
    # REVIEW: this fails (22001), and loses nothing, while 2 rows hold more than
    # character varying(10) has room for: 'as long as this', 'much longer than ten'.
    op.alter_column(
        "job", "name", existing_type=sa.String(length=40), type_=sa.String(length=10)
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column(
        "job", "name", existing_type=sa.String(length=10), type_=sa.String(length=40)
    )
