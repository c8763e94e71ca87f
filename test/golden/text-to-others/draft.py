def upgrade() -> None:
    """Upgrade schema."""
    op.alter_column("job", "number", server_default=None)
    op.alter_column(
        "job",
        "number",
        existing_type=sa.String(),
        type_=sa.Integer(),
        postgresql_using="number::integer",
    )
    op.alter_column("job", "number", server_default="0")
    op.alter_column(
        "job",
        "document",
        existing_type=sa.String(),
        type_=postgresql.JSONB(),
        postgresql_using="document::jsonb",
    )
    op.alter_column(
        "job",
        "token",
        existing_type=sa.String(),
        type_=postgresql.UUID(as_uuid=True),
        postgresql_using="token::uuid",
    )
    op.alter_column(
        "job",
        "moment",
        existing_type=sa.String(),
        type_=sa.DateTime(),
        postgresql_using="moment::timestamp without time zone",
    )
    op.alter_column(
        "job",
        "ready",
        existing_type=sa.String(),
        type_=sa.Boolean(),
        postgresql_using="ready::boolean",
    )
    op.alter_column(
        "job",
        "day",
        existing_type=sa.String(),
        type_=sa.Date(),
        postgresql_using="day::date",
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column("job", "day", existing_type=sa.Date(), type_=sa.String())
    op.alter_column("job", "ready", existing_type=sa.Boolean(), type_=sa.String())
    op.alter_column("job", "moment", existing_type=sa.DateTime(), type_=sa.String())
    op.alter_column(
        "job", "token", existing_type=postgresql.UUID(as_uuid=True), type_=sa.String()
    )
    op.alter_column(
        "job", "document", existing_type=postgresql.JSONB(), type_=sa.String()
    )
    op.alter_column("job", "number", server_default=None)
    op.alter_column("job", "number", existing_type=sa.Integer(), type_=sa.String())
    op.alter_column("job", "number", server_default="0")
