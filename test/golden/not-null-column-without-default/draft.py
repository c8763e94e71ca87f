def upgrade() -> None:
    """Upgrade schema."""
    op.add_column("job", sa.Column("state", sa.String(), nullable=True))
    # REVIEW: rows that exist have no value for job.state, and none is known. Fill them
    # here, before NOT NULL:
    # op.execute("UPDATE job SET state = … WHERE state IS NULL")
    op.alter_column("job", "state", nullable=False)


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_column("job", "state")
