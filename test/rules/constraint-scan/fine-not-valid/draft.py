"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_check_constraint("floor_known", "place", "floor > 0", postgresql_not_valid=True)


def downgrade() -> None:
    op.drop_constraint("floor_known", "place", type_="check")
