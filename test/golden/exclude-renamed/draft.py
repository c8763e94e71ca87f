def upgrade() -> None:
    """Upgrade schema."""
    op.execute("ALTER TABLE booking RENAME CONSTRAINT ex_booking TO booking_excl")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("ALTER TABLE booking RENAME CONSTRAINT booking_excl TO ex_booking")
