def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("ck_job_code"), "job", type_="check")

    op.alter_column("job", "code", existing_type=sa.String(length=10), type_=sa.Text())

    op.create_check_constraint(
        op.f("ck_job_code"), "job", sa.text("length(code) > 1 AND code <> 'xx'")
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("ck_job_code"), "job", type_="check")

    # This fails (22001), and loses nothing, while a row holds more than character
    # varying(10) has room for.
    op.alter_column("job", "code", existing_type=sa.Text(), type_=sa.String(length=10))

    op.create_check_constraint(
        op.f("ck_job_code"),
        "job",
        sa.text("(length((code)::text) > 1) AND ((code)::text <> 'xx'::text)"),
    )
