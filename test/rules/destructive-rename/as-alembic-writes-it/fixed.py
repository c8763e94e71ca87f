"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.alter_column("place", "writer_id", new_column_name="written_by_id")
    op.execute("ALTER INDEX ix_place_writer_id RENAME TO ix_place_written_by_id")
    op.execute(
        "ALTER TABLE place RENAME CONSTRAINT place_writer_id_fkey TO place_written_by_id_fkey"
    )


def downgrade() -> None:
    op.alter_column("place", "written_by_id", new_column_name="writer_id")
    op.execute(
        "ALTER TABLE place RENAME CONSTRAINT place_written_by_id_fkey TO place_writer_id_fkey"
    )
    op.execute("ALTER INDEX ix_place_written_by_id RENAME TO ix_place_writer_id")
