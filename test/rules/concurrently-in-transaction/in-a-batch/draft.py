"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    with op.batch_alter_table("place") as batch_op:
        batch_op.create_index("ix_place_name", ["name"], postgresql_concurrently=True)


def downgrade() -> None:
    op.drop_index("ix_place_name", table_name="place")
