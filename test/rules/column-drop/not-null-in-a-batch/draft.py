"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    with op.batch_alter_table("place") as batch_op:
        batch_op.drop_column("website")  # nobody has one


def downgrade() -> None:
    with op.batch_alter_table("place") as batch_op:
        batch_op.add_column(sa.Column("website", sa.Text(), server_default="", nullable=False))
