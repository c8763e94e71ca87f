def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("job_pkey"), "job", type_="primary")
    op.execute(
        "ALTER TABLE job ADD CONSTRAINT job_pkey PRIMARY KEY (id) DEFERRABLE INITIALLY DEFERRED"
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("job_pkey"), "job", type_="primary")
    op.create_primary_key(op.f("job_pkey"), "job", ["id"])
