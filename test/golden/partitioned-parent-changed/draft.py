def upgrade() -> None:
    """Upgrade schema."""
    op.add_column("event", sa.Column("size", sa.Integer(), nullable=True))
    op.alter_column(
        "event", "kind", existing_type=sa.String(length=10), type_=sa.String(length=20)
    )
    op.alter_column("event", "kind", server_default="x")
    op.alter_column("event", "note", server_default="")
    op.alter_column("event", "note", nullable=False)

    op.create_unique_constraint(op.f("uq_event"), "event", ["kind", "day"])
    op.create_check_constraint(op.f("ck_event_size"), "event", sa.text("size > 0"))

    op.create_index(
        op.f("ix_event_kind"),
        "event",
        ["kind"],
        unique=False,
        postgresql_where=sa.text("size IS NULL"),
    )

    op.drop_column("event", "old")


def downgrade() -> None:
    """Downgrade schema."""
    op.add_column("event", sa.Column("old", sa.String(), nullable=True))

    op.drop_index(op.f("ix_event_kind"), table_name="event")

    op.drop_constraint(op.f("ck_event_size"), "event", type_="check")
    op.drop_constraint(op.f("uq_event"), "event", type_="unique")

    op.alter_column("event", "note", nullable=True)
    op.alter_column("event", "note", server_default=None)
    op.alter_column("event", "kind", server_default=None)
    # This fails (22001), and loses nothing, while a row holds more than character
    # varying(10) has room for.
    op.alter_column(
        "event", "kind", existing_type=sa.String(length=20), type_=sa.String(length=10)
    )

    op.drop_column("event", "size")
