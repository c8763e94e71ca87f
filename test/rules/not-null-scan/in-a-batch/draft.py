"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    with op.batch_alter_table("place") as batch_op:
        batch_op.alter_column("name", existing_type=sa.Text(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("place") as batch_op:
        batch_op.alter_column("name", existing_type=sa.Text(), nullable=True)
