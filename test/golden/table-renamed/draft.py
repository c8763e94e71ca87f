def upgrade() -> None:
    """Upgrade schema."""
    # lead is now called prospect: answered; it keeps its 2 rows.
    op.rename_table("lead", "prospect")

    op.execute("ALTER SEQUENCE lead_id_seq RENAME TO prospect_id_seq")
    op.execute("ALTER TABLE prospect RENAME CONSTRAINT pk_lead TO pk_prospect")
    op.execute(
        "ALTER TABLE prospect RENAME CONSTRAINT uq_lead_email TO uq_prospect_email"
    )
    op.execute(
        "ALTER TABLE prospect RENAME CONSTRAINT ck_lead_score TO ck_prospect_score"
    )
    op.execute(
        "ALTER TABLE prospect RENAME CONSTRAINT fk_lead_parent_id_lead TO fk_prospect_parent_id_prospect"
    )
    op.execute("ALTER INDEX ix_lead_score RENAME TO ix_prospect_score")
    op.execute(
        "ALTER TABLE note RENAME CONSTRAINT fk_note_lead_id_lead TO fk_note_lead_id_prospect"
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.execute(
        "ALTER TABLE note RENAME CONSTRAINT fk_note_lead_id_prospect TO fk_note_lead_id_lead"
    )
    op.execute("ALTER INDEX ix_prospect_score RENAME TO ix_lead_score")
    op.execute(
        "ALTER TABLE prospect RENAME CONSTRAINT fk_prospect_parent_id_prospect TO fk_lead_parent_id_lead"
    )
    op.execute(
        "ALTER TABLE prospect RENAME CONSTRAINT ck_prospect_score TO ck_lead_score"
    )
    op.execute(
        "ALTER TABLE prospect RENAME CONSTRAINT uq_prospect_email TO uq_lead_email"
    )
    op.execute("ALTER TABLE prospect RENAME CONSTRAINT pk_prospect TO pk_lead")
    op.execute("ALTER SEQUENCE prospect_id_seq RENAME TO lead_id_seq")

    op.rename_table("prospect", "lead")
