"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    with op.batch_alter_table("place") as batch_op:
        batch_op.add_column(sa.Column("level", sa.Integer()))
    with op.get_context().autocommit_block():
        op.execute("DELETE FROM customer WHERE false")


def downgrade() -> None:
    with op.batch_alter_table("place") as batch_op:
        batch_op.drop_column("level")
