def upgrade() -> None:
    """Upgrade schema."""
    op.drop_index(op.f("ix_booking_account_id"), table_name="booking")
    op.drop_index(op.f("ix_booking_new"), table_name="booking")

    # No model declares booking, so it is dropped with its 1 row: answered.
    op.drop_table("booking")

    op.execute("DROP TYPE booking_state")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("CREATE TYPE booking_state AS ENUM ('NEW', 'PAID')")

    op.create_table(
        "booking",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            postgresql.ENUM(name="booking_state", create_type=False),
            server_default="NEW",
            nullable=False,
        ),
        sa.Column(
            "net",
            sa.Numeric(precision=10, scale=2),
            nullable=False,
            comment="Without tax",
        ),
        sa.Column(
            "gross", sa.Float(), sa.Computed("net * 1.2", persisted=True), nullable=True
        ),
        sa.Column("during", postgresql.TSRANGE(), nullable=True),
        sa.CheckConstraint("net > (0)::numeric", name=op.f("ck_booking_net")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("booking_account_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["booking.id"], name=op.f("booking_parent_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("booking_pkey")),
        sa.UniqueConstraint(
            "account_id",
            "net",
            name=op.f("uq_booking"),
            deferrable=True,
            initially="DEFERRED",
        ),
        comment="What is booked",
    )
    op.execute("ALTER TABLE booking ENABLE ROW LEVEL SECURITY")
    op.execute("COMMENT ON CONSTRAINT ck_booking_net ON booking IS 'Nothing is free'")

    op.create_exclude_constraint(
        op.f("ex_booking"), "booking", ("during", "&&"), using="gist"
    )

    op.execute(
        "CREATE POLICY only_new ON public.booking FOR SELECT TO PUBLIC USING ((state = 'NEW'::booking_state))"
    )
    op.execute(
        "CREATE TRIGGER note_booking AFTER UPDATE OF state ON public.booking FOR EACH ROW EXECUTE FUNCTION note_booking()"
    )

    op.create_index(
        op.f("ix_booking_new"),
        "booking",
        ["net"],
        unique=False,
        postgresql_where=sa.text("state = 'NEW'::booking_state"),
    )
    op.create_index(
        op.f("ix_booking_account_id"), "booking", ["account_id"], unique=False
    )
