"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_unique_constraint("place_name_key", "place", ["name"])


def downgrade() -> None:
    op.drop_constraint("place_name_key", "place", type_="unique")
