"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    with op.batch_alter_table("place") as batch_op:
        batch_op.alter_column("name", new_column_name="title")


def downgrade() -> None:
    with op.batch_alter_table("place") as batch_op:
        batch_op.alter_column("title", new_column_name="name")
