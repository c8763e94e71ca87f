"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_primary_key("place_code_pkey", "place", ["code"])


def downgrade() -> None:
    op.drop_constraint("place_code_pkey", "place", type_="primary")
