"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_index("ix_place_name", "place", ["name"], if_not_exists=True)


def downgrade() -> None:
    pass
