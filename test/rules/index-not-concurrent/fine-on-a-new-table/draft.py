"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_table("spot", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("name", sa.Text()))
    op.create_index("ix_spot_name", "spot", ["name"])


def downgrade() -> None:
    op.drop_index("ix_spot_name", table_name="spot")
    op.drop_table("spot")
