def upgrade() -> None:
    """Upgrade schema."""
    op.execute("CREATE SEQUENCE ticket_seq")

    op.add_column(
        "job",
        sa.Column(
            "ticket",
            sa.Integer(),
            server_default=sa.text("nextval('ticket_seq')"),
            nullable=False,
        ),
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_column("job", "ticket")

    op.execute("DROP SEQUENCE ticket_seq")
