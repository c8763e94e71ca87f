def upgrade() -> None:
    """Upgrade schema."""
    op.add_column("event", sa.Column("kind", sa.String(), nullable=True))

    op.create_index(op.f("ix_event_kind"), "event", ["kind"], unique=False)


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index(op.f("ix_event_kind"), table_name="event")

    op.drop_column("event", "kind")
