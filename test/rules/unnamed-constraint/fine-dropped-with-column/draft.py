"""Places have a second city."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("other_id", sa.Integer(), nullable=True))
    op.create_foreign_key(None, "place", "city", ["other_id"], ["id"])


def downgrade() -> None:
    op.drop_column("place", "other_id")
