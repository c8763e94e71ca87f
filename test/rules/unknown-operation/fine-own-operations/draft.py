"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute(sa.text("SELECT 1"))
    op.get_context().autocommit_block
    op.batch_alter_table("place")


def downgrade() -> None:
    op.f("x")
