def upgrade() -> None:
    """Upgrade schema."""
    # DONE is now called FINISHED: answered.
    op.execute("ALTER TYPE job_status RENAME VALUE 'DONE' TO 'FINISHED'")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("ALTER TYPE job_status RENAME VALUE 'FINISHED' TO 'DONE'")
