"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_column("place", "tags")


def downgrade() -> None:
    op.add_column("place", sa.Column("tags", postgresql.ARRAY(sa.Text())))
