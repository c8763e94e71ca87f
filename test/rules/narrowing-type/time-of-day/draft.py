"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    with op.batch_alter_table("place") as batch_op:
        batch_op.alter_column("seen", existing_type=sa.DateTime(), type_=sa.Date())


def downgrade() -> None:
    with op.batch_alter_table("place") as batch_op:
        batch_op.alter_column("seen", existing_type=sa.Date(), type_=sa.DateTime())
