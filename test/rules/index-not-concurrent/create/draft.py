"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_index(op.f("ix_place_name"), "place", ["name"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_place_name"), table_name="place")
