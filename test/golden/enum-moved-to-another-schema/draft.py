def upgrade() -> None:
    """Upgrade schema."""
    op.execute("ALTER TYPE job_status SET SCHEMA crm")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("ALTER TYPE crm.job_status SET SCHEMA public")
