"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE status ADD VALUE IF NOT EXISTS 'closed'")
    op.add_column("place", sa.Column("code", sa.Text()))


def downgrade() -> None:
    op.drop_column("place", "code")
