def upgrade() -> None:
    """Upgrade schema."""
    op.execute(
        "ALTER TABLE job ALTER COLUMN id SET INCREMENT BY 1 SET START WITH 1 SET MAXVALUE 2147483647 SET NO CYCLE"
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.execute(
        "ALTER TABLE job ALTER COLUMN id SET INCREMENT BY 10 SET START WITH 100 SET MAXVALUE 5000 SET CYCLE"
    )
