"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("COMMIT")
    op.execute("CREATE INDEX CONCURRENTLY ix_place_name ON place (name)")
    op.execute("BEGIN")
    op.add_column("place", sa.Column("code", sa.Text()))


def downgrade() -> None:
    op.drop_column("place", "code")
    op.execute("COMMIT;")
    op.execute("DROP INDEX CONCURRENTLY ix_place_name")
    op.execute("BEGIN;")
