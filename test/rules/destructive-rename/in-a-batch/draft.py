"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    with op.batch_alter_table("place") as batch_op:
        batch_op.add_column(sa.Column("business_title", sa.String(length=200), nullable=True))
        batch_op.drop_column("business_name")


def downgrade() -> None:
    with op.batch_alter_table("place") as batch_op:
        batch_op.add_column(sa.Column("business_name", sa.String(length=200), nullable=True))
        batch_op.drop_column("business_title")
