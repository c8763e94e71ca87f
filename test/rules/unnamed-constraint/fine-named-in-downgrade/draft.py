"""Cities are unique."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_unique_constraint(None, "city", ["name"])


def downgrade() -> None:
    op.drop_constraint("city_name_key", "city", type_="unique")
