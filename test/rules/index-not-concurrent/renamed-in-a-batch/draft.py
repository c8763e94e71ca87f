"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.rename_table("place", "spot")
    with op.batch_alter_table("spot") as batch_op:
        batch_op.create_index("ix_spot_name", ["name"])


def downgrade() -> None:
    op.drop_index("ix_spot_name", table_name="spot")
    op.rename_table("spot", "place")
