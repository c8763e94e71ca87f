"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_column("visit", "place_id")


def downgrade() -> None:
    op.add_column("visit", sa.Column("place_id", sa.Integer(), sa.ForeignKey("place.id", name="visit_place_id_fkey"), nullable=True))
