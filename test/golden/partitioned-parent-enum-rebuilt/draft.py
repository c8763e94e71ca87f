def upgrade() -> None:
    """Upgrade schema."""
    op.execute("ALTER TYPE event_kind RENAME TO event_kind_old")
    op.execute("CREATE TYPE event_kind AS ENUM ('B', 'A')")

    op.alter_column("event", "kind", server_default=None)
    op.alter_column(
        "event",
        "kind",
        existing_type=postgresql.ENUM(name="event_kind_old", create_type=False),
        type_=postgresql.ENUM(name="event_kind", create_type=False),
        postgresql_using="kind::text::event_kind",
    )
    op.alter_column("event", "kind", server_default="A")

    op.execute("DROP TYPE event_kind_old")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("ALTER TYPE event_kind RENAME TO event_kind_old")
    op.execute("CREATE TYPE event_kind AS ENUM ('A', 'B', 'C')")

    op.alter_column("event", "kind", server_default=None)
    op.alter_column(
        "event",
        "kind",
        existing_type=postgresql.ENUM(name="event_kind_old", create_type=False),
        type_=postgresql.ENUM(name="event_kind", create_type=False),
        postgresql_using="kind::text::event_kind",
    )
    op.alter_column("event", "kind", server_default="A")

    op.execute("DROP TYPE event_kind_old")
