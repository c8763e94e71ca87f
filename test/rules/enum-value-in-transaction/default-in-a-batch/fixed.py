"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE status ADD VALUE IF NOT EXISTS 'new'")
    with op.batch_alter_table("place") as batch_op:
        batch_op.alter_column("status", server_default="new")


def downgrade() -> None:
    with op.batch_alter_table("place") as batch_op:
        batch_op.alter_column("status", server_default=None)
