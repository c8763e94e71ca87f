"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("ALTER TYPE status ADD VALUE 'new'")
    with op.batch_alter_table("place") as batch_op:
        batch_op.alter_column("status", server_default="new")


def downgrade() -> None:
    with op.batch_alter_table("place") as batch_op:
        batch_op.alter_column("status", server_default=None)
