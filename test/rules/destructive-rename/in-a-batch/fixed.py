"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    with op.batch_alter_table("place") as batch_op:
        batch_op.alter_column("business_name", new_column_name="business_title")


def downgrade() -> None:
    with op.batch_alter_table("place") as batch_op:
        batch_op.alter_column("business_title", new_column_name="business_name")
