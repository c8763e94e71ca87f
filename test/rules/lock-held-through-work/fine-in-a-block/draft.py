"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("level", sa.Integer()))
    with op.get_context().autocommit_block():
        op.execute("UPDATE place SET floor = floor")


def downgrade() -> None:
    op.drop_column("place", "level")
