def upgrade() -> None:
    """Upgrade schema."""
    op.execute("ALTER TYPE job_status RENAME VALUE 'DONE' TO 'FINISHED'")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("ALTER TYPE job_status RENAME VALUE 'FINISHED' TO 'DONE'")
