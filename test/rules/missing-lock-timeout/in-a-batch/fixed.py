"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    with op.batch_alter_table("place") as batch_op:
        batch_op.add_column(sa.Column("level", sa.Integer()))


def downgrade() -> None:
    with op.batch_alter_table("place") as batch_op:
        batch_op.drop_column("level")
