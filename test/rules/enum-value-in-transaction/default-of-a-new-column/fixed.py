"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE status ADD VALUE IF NOT EXISTS 'new'")
        op.execute("ALTER TYPE status ADD VALUE IF NOT EXISTS 'old'")
    op.add_column("place", sa.Column("was", sa.Enum("open", "shut", "new", "old", name="status", create_type=False), server_default="new", nullable=False))


def downgrade() -> None:
    op.drop_column("place", "was")
