def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("job_status"), "job", type_="check")

    op.alter_column(
        "job", "status", existing_type=sa.String(length=4), type_=sa.String(length=8)
    )

    op.create_check_constraint(
        op.f("job_status"), "job", sa.text("status IN ('NEW', 'FINISHED', 'DONE')")
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("job_status"), "job", type_="check")

    # This fails (22001), and loses nothing, while a row holds more than character
    # varying(4) has room for.
    op.alter_column(
        "job", "status", existing_type=sa.String(length=8), type_=sa.String(length=4)
    )

    op.create_check_constraint(
        op.f("job_status"),
        "job",
        sa.text(
            "(status)::text = ANY ((ARRAY['NEW'::character varying, 'DONE'::character varying])::text[])"
        ),
    )
