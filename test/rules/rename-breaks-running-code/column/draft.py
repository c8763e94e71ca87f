"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.alter_column("place", "city_id", new_column_name="town_id")


def downgrade() -> None:
    op.alter_column("place", "town_id", new_column_name="city_id")
