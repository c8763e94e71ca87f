def upgrade() -> None:
    """Upgrade schema."""
    op.execute(
        "ALTER SEQUENCE ticket_seq INCREMENT BY 10 MINVALUE 0 MAXVALUE 1000 CACHE 5 CYCLE"
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.execute(
        "ALTER SEQUENCE ticket_seq INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1 NO CYCLE"
    )
