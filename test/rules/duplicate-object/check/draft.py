"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_check_constraint("place_name_check", "place", "length(name) > 1")


def downgrade() -> None:
    pass
