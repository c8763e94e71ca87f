def upgrade() -> None:
    """Upgrade schema."""
    op.add_column(
        "job",
        sa.Column(
            "more", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False
        ),
    )
    op.alter_column("job", "tags", server_default=None)
    op.alter_column(
        "job",
        "tags",
        existing_type=postgresql.ARRAY(sa.String(length=10)),
        type_=postgresql.ARRAY(sa.Text()),
    )
    op.alter_column("job", "tags", server_default="{a,b}")
    op.alter_column(
        "job",
        "sizes",
        existing_type=postgresql.ARRAY(sa.Integer()),
        type_=postgresql.ARRAY(sa.BigInteger()),
    )

    op.create_index(
        op.f("ix_job_tags"), "job", ["tags"], unique=False, postgresql_using="gin"
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index(op.f("ix_job_tags"), table_name="job")

    # This fails (22003), and loses nothing, while a row holds a number that integer[]
    # has no room for.
    op.alter_column(
        "job",
        "sizes",
        existing_type=postgresql.ARRAY(sa.BigInteger()),
        type_=postgresql.ARRAY(sa.Integer()),
    )
    op.alter_column("job", "tags", server_default=None)
    # This fails (22001), and loses nothing, while a row holds more than character
    # varying(10)[] has room for.
    op.alter_column(
        "job",
        "tags",
        existing_type=postgresql.ARRAY(sa.Text()),
        type_=postgresql.ARRAY(sa.String(length=10)),
    )
    op.alter_column("job", "tags", server_default="{}")

    op.drop_column("job", "more")
