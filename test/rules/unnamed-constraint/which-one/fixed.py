"""Places lose a constraint."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_constraint(op.f("place_name_key"), "place")


def downgrade() -> None:
    op.create_unique_constraint("place_name_key", "place", ["name"])
