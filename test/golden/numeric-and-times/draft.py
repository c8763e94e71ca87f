def upgrade() -> None:
    """Upgrade schema."""
    op.alter_column(
        "job",
        "net",
        existing_type=sa.Numeric(precision=10, scale=2),
        type_=sa.Numeric(precision=12, scale=4),
    )
    op.alter_column("job", "net", server_default="0.5")
    # REVIEW: the values are taken for times in the TimeZone of the session that runs
    # this. If they are UTC, say USING made AT TIME ZONE 'UTC', here and in the
    # downgrade.
    op.alter_column(
        "job", "made", existing_type=sa.DateTime(), type_=sa.DateTime(timezone=True)
    )
    op.alter_column("job", "made", server_default=sa.text("now()"))
    op.alter_column("job", "made", nullable=False)


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column("job", "made", nullable=True)
    op.alter_column("job", "made", server_default=None)
    # The values become times in the TimeZone of the session that runs this. For UTC
    # whatever the session, say USING made AT TIME ZONE 'UTC', and the same on the way
    # back.
    op.alter_column(
        "job", "made", existing_type=sa.DateTime(timezone=True), type_=sa.DateTime()
    )
    op.alter_column("job", "net", server_default=sa.text("0.10"))
    # This fails (22003), and loses nothing, while a row holds a number that
    # numeric(10,2) has no room for. Digits beyond those that numeric(10,2) keeps are
    # rounded.
    op.alter_column(
        "job",
        "net",
        existing_type=sa.Numeric(precision=12, scale=4),
        type_=sa.Numeric(precision=10, scale=2),
    )
