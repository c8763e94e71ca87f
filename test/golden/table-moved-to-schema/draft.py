def upgrade() -> None:
    """Upgrade schema."""
    op.execute("CREATE SCHEMA crm")
    # lead is now called crm.lead: answered; it keeps its 2 rows.
    op.execute("ALTER TABLE lead SET SCHEMA crm")
    op.execute("ALTER TYPE mood SET SCHEMA crm")

    op.execute("DROP VIEW lead_mail")
    op.execute("DROP POLICY own_leads ON crm.lead")

    op.alter_column(
        "lead",
        "email",
        existing_type=sa.String(length=120),
        type_=sa.String(length=200),
        schema="crm",
    )

    op.execute(
        """CREATE POLICY own_leads ON crm.lead FOR ALL TO PUBLIC USING ((((email)::text <> ''::text) AND (EXISTS ( SELECT
       FROM call
      WHERE (call.lead_id = lead.id)))))"""
    )
    op.execute("""CREATE VIEW public.lead_mail AS SELECT lead.id,
        lead.email
       FROM (crm.lead
         JOIN call ON ((call.lead_id = lead.id)))""")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("DROP VIEW lead_mail")
    op.execute("DROP POLICY own_leads ON crm.lead")

    # This fails (22001), and loses nothing, while a row holds more than character
    # varying(120) has room for.
    op.alter_column(
        "lead",
        "email",
        existing_type=sa.String(length=200),
        type_=sa.String(length=120),
        schema="crm",
    )

    op.execute(
        """CREATE POLICY own_leads ON crm.lead FOR ALL TO PUBLIC USING ((((email)::text <> ''::text) AND (EXISTS ( SELECT
       FROM call
      WHERE (call.lead_id = lead.id)))))"""
    )
    op.execute("""CREATE VIEW public.lead_mail AS SELECT lead.id,
        lead.email
       FROM (crm.lead
         JOIN call ON ((call.lead_id = lead.id)))""")

    op.execute("ALTER TYPE crm.mood SET SCHEMA public")
    op.execute("ALTER TABLE crm.lead SET SCHEMA public")
    op.execute("DROP SCHEMA crm")
