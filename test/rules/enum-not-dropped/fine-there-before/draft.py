"""A draft."""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_table("place", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("status", postgresql.ENUM(name="place_status", create_type=False)))


def downgrade() -> None:
    op.drop_table("place")
