def upgrade() -> None:
    """Upgrade schema."""
    op.execute("DROP VIEW job_label")

    op.drop_constraint(op.f("job_gross_key"), "job", type_="unique")
    op.drop_constraint(op.f("ck_job_gross"), "job", type_="check")

    op.drop_column("job", "gross")
    op.drop_column("job", "label")

    op.alter_column("job", "net", existing_type=sa.Integer(), type_=sa.BigInteger())
    op.add_column(
        "job",
        sa.Column(
            "gross",
            sa.Integer(),
            sa.Computed("net * 2", persisted=True),
            nullable=False,
        ),
    )
    op.add_column(
        "job",
        sa.Column(
            "label",
            sa.String(),
            sa.Computed("'n' || net::text", persisted=True),
            nullable=True,
            comment="For people",
        ),
    )

    op.create_unique_constraint(op.f("job_gross_key"), "job", ["gross"])
    op.create_check_constraint(op.f("ck_job_gross"), "job", sa.text("gross > 0"))

    op.execute("""CREATE VIEW public.job_label AS SELECT job.label
       FROM job""")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("DROP VIEW job_label")

    op.drop_constraint(op.f("ck_job_gross"), "job", type_="check")
    op.drop_constraint(op.f("job_gross_key"), "job", type_="unique")

    op.drop_column("job", "label")
    op.drop_column("job", "gross")

    # This fails (22003), and loses nothing, while a row holds a number that integer has
    # no room for.
    op.alter_column("job", "net", existing_type=sa.BigInteger(), type_=sa.Integer())
    op.add_column(
        "job",
        sa.Column(
            "label",
            sa.String(),
            sa.Computed("'n'::text || (net)::text", persisted=True),
            nullable=True,
            comment="For people",
        ),
    )
    op.add_column(
        "job",
        sa.Column(
            "gross",
            sa.Integer(),
            sa.Computed("net * 2", persisted=True),
            nullable=False,
        ),
    )

    op.create_check_constraint(op.f("ck_job_gross"), "job", sa.text("gross > 0"))
    op.create_unique_constraint(op.f("job_gross_key"), "job", ["gross"])

    op.execute("""CREATE VIEW public.job_label AS SELECT job.label
       FROM job""")
