"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_table("spot", sa.Column("name", sa.Text()))
    op.create_unique_constraint("spot_name_key", "spot", ["name"])


def downgrade() -> None:
    op.drop_table("spot")
