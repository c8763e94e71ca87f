def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("uq_lead"), "lead", schema="crm", type_="unique")

    op.execute("ALTER TYPE crm.lead_state RENAME TO lead_state_old")
    op.execute("CREATE TYPE crm.lead_state AS ENUM ('WON', 'NEW', 'LOST')")

    op.alter_column("lead", "state", server_default=None, schema="crm")
    op.alter_column(
        "lead",
        "state",
        existing_type=postgresql.ENUM(
            name="lead_state_old", schema="crm", create_type=False
        ),
        type_=postgresql.ENUM(name="lead_state", schema="crm", create_type=False),
        postgresql_using="state::text::crm.lead_state",
        schema="crm",
    )

    op.execute("DROP TYPE crm.lead_state_old")

    op.add_column(
        "lead", sa.Column("owner_id", sa.Integer(), nullable=True), schema="crm"
    )
    op.alter_column(
        "lead", "name", existing_type=sa.String(), type_=sa.Text(), schema="crm"
    )
    op.alter_column("lead", "state", server_default="WON", schema="crm")

    op.create_index(
        op.f("ix_crm_lead_name"), "lead", ["name"], unique=False, schema="crm"
    )

    op.create_foreign_key(
        op.f("lead_owner_id_fkey"),
        "lead",
        "lead",
        ["owner_id"],
        ["id"],
        source_schema="crm",
        referent_schema="crm",
    )

    op.alter_column("lead", "name", comment="Who", schema="crm")
    op.create_table_comment("lead", "Leads", schema="crm")


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_table_comment("lead", schema="crm")
    op.alter_column("lead", "name", comment=None, schema="crm")

    op.drop_constraint(
        op.f("lead_owner_id_fkey"), "lead", schema="crm", type_="foreignkey"
    )

    op.drop_index(op.f("ix_crm_lead_name"), table_name="lead", schema="crm")

    op.alter_column("lead", "state", server_default=None, schema="crm")
    op.alter_column(
        "lead", "name", existing_type=sa.Text(), type_=sa.String(), schema="crm"
    )

    op.drop_column("lead", "owner_id", schema="crm")

    op.execute("ALTER TYPE crm.lead_state RENAME TO lead_state_old")
    op.execute("CREATE TYPE crm.lead_state AS ENUM ('NEW', 'WON')")

    op.alter_column(
        "lead",
        "state",
        existing_type=postgresql.ENUM(
            name="lead_state_old", schema="crm", create_type=False
        ),
        type_=postgresql.ENUM(name="lead_state", schema="crm", create_type=False),
        postgresql_using="state::text::crm.lead_state",
        schema="crm",
    )

    op.execute("DROP TYPE crm.lead_state_old")

    op.alter_column("lead", "state", server_default="NEW", schema="crm")

    op.create_unique_constraint(op.f("uq_lead"), "lead", ["name"], schema="crm")
