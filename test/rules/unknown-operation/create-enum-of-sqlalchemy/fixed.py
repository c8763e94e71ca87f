"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    sa.Enum("NEW", "QUEUED", name="place_status", schema="shop").create(op.get_bind(), checkfirst=True)


def downgrade() -> None:
    sa.Enum(name="place_status", schema="shop").drop(op.get_bind(), checkfirst=True)
