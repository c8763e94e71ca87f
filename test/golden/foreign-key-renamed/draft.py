def upgrade() -> None:
    """Upgrade schema."""
    op.execute("ALTER TABLE invoice RENAME CONSTRAINT fk_old TO fk_new")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("ALTER TABLE invoice RENAME CONSTRAINT fk_new TO fk_old")
