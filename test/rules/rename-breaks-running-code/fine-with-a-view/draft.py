"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.rename_table("place", "venue")
    op.execute("CREATE VIEW place AS SELECT * FROM venue")


def downgrade() -> None:
    op.execute("DROP VIEW place")
    op.rename_table("venue", "place")
