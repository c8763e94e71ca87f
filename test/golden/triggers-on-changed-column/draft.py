def upgrade() -> None:
    """Upgrade schema."""
    op.execute("DROP TRIGGER late ON job")
    op.execute("DROP TRIGGER note_status ON job")
    op.execute("DROP TRIGGER when_new ON job")

    op.alter_column("job", "name", existing_type=sa.String(length=20), type_=sa.Text())
    op.alter_column(
        "job", "status", existing_type=sa.String(length=20), type_=sa.String(length=40)
    )
    op.alter_column("job", "net", existing_type=sa.Integer(), type_=sa.BigInteger())

    op.execute(
        "CREATE CONSTRAINT TRIGGER late AFTER UPDATE OF name ON public.job DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION note_status()"
    )
    op.execute(
        "CREATE TRIGGER note_status BEFORE UPDATE OF status ON public.job FOR EACH ROW EXECUTE FUNCTION note_status()"
    )
    op.execute("COMMENT ON TRIGGER note_status ON public.job IS 'Keeps the log'")
    op.execute(
        "CREATE TRIGGER when_new AFTER INSERT ON public.job FOR EACH ROW WHEN (((new.status)::text = 'NEW'::text)) EXECUTE FUNCTION note_status()"
    )
    op.execute("ALTER TABLE public.job DISABLE TRIGGER when_new")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("DROP TRIGGER when_new ON job")
    op.execute("DROP TRIGGER note_status ON job")
    op.execute("DROP TRIGGER late ON job")

    # This fails (22003), and loses nothing, while a row holds a number that integer has
    # no room for.
    op.alter_column("job", "net", existing_type=sa.BigInteger(), type_=sa.Integer())
    # This fails (22001), and loses nothing, while a row holds more than character
    # varying(20) has room for.
    op.alter_column(
        "job", "status", existing_type=sa.String(length=40), type_=sa.String(length=20)
    )
    # This fails (22001), and loses nothing, while a row holds more than character
    # varying(20) has room for.
    op.alter_column("job", "name", existing_type=sa.Text(), type_=sa.String(length=20))

    op.execute(
        "CREATE TRIGGER when_new AFTER INSERT ON public.job FOR EACH ROW WHEN (((new.status)::text = 'NEW'::text)) EXECUTE FUNCTION note_status()"
    )
    op.execute("ALTER TABLE public.job DISABLE TRIGGER when_new")
    op.execute(
        "CREATE TRIGGER note_status BEFORE UPDATE OF status ON public.job FOR EACH ROW EXECUTE FUNCTION note_status()"
    )
    op.execute("COMMENT ON TRIGGER note_status ON public.job IS 'Keeps the log'")
    op.execute(
        "CREATE CONSTRAINT TRIGGER late AFTER UPDATE OF name ON public.job DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION note_status()"
    )
