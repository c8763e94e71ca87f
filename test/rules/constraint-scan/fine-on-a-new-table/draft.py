"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_table("spot", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("floor", sa.Integer()))
    op.create_check_constraint("floor_known", "spot", "floor > 0")


def downgrade() -> None:
    op.drop_table("spot")
