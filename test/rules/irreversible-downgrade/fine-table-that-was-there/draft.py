"""A draft that drops what other means made."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_table("place_cache", if_exists=True)


def downgrade() -> None:
    op.create_table("place_cache", sa.Column("id", sa.Integer(), primary_key=True))
