"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    sa.Enum("NEW", "DONE", name="place_status").create(op.get_bind())


def downgrade() -> None:
    sa.Enum(name="place_status").drop(op.get_bind())
