"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    with op.batch_alter_table("city") as batch_op:
        batch_op.drop_column("size")


def downgrade() -> None:
    with op.batch_alter_table("city") as batch_op:
        batch_op.add_column(sa.Column("size", sa.Integer(), nullable=True))
    op.execute("UPDATE city SET size = 3")
