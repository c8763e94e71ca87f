"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("note", sa.Text()))
    op.add_column("place", sa.Column("remark", sa.Text()))


def downgrade() -> None:
    op.execute("ALTER TABLE place DROP COLUMN IF EXISTS remark, DROP COLUMN note")
