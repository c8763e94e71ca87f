"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_enum(sa.Enum("NEW", "QUEUED", name="place_status", schema="shop"))


def downgrade() -> None:
    op.drop_enum("place_status", schema="shop")
