def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("job_status"), "job", type_="check")


def downgrade() -> None:
    """Downgrade schema."""
    op.create_check_constraint(
        op.f("job_status"),
        "job",
        sa.text(
            "(status)::text = ANY ((ARRAY['NEW'::character varying, 'DONE'::character varying])::text[])"
        ),
    )
