"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_primary_key("spot_pkey", "spot", ["id"])


def downgrade() -> None:
    op.drop_constraint("spot_pkey", "spot", type_="primary")
