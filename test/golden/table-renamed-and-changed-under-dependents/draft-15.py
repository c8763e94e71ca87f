def upgrade() -> None:
    """Upgrade schema."""
    # lead is now called prospect: answered; it keeps its 1 row.
    op.rename_table("lead", "prospect")

    op.execute("ALTER SEQUENCE lead_id_seq RENAME TO prospect_id_seq")

    op.execute("DROP VIEW lead_names")
    op.execute("DROP POLICY named ON prospect")
    op.execute("DROP TRIGGER note_lead ON prospect")

    op.alter_column("prospect", "name", existing_type=sa.String(), type_=sa.Text())

    op.execute(
        "CREATE POLICY named ON public.prospect FOR ALL TO PUBLIC USING (((name)::text <> ''::text))"
    )
    op.execute(
        "CREATE TRIGGER note_lead AFTER UPDATE OF name ON public.prospect FOR EACH ROW EXECUTE FUNCTION note_lead()"
    )
    op.execute("""CREATE VIEW public.lead_names AS SELECT prospect.name
       FROM prospect""")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("DROP VIEW lead_names")
    op.execute("DROP TRIGGER note_lead ON prospect")
    op.execute("DROP POLICY named ON prospect")

    op.alter_column("prospect", "name", existing_type=sa.Text(), type_=sa.String())

    op.execute(
        "CREATE TRIGGER note_lead AFTER UPDATE OF name ON public.prospect FOR EACH ROW EXECUTE FUNCTION note_lead()"
    )
    op.execute(
        "CREATE POLICY named ON public.prospect FOR ALL TO PUBLIC USING (((name)::text <> ''::text))"
    )
    op.execute("""CREATE VIEW public.lead_names AS SELECT prospect.name
       FROM prospect""")

    op.execute("ALTER SEQUENCE prospect_id_seq RENAME TO lead_id_seq")

    op.rename_table("prospect", "lead")
