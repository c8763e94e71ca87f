"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_index("city_code_key", table_name="city")


def downgrade() -> None:
    pass
