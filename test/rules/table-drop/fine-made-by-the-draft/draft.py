"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_table("step", sa.Column("id", sa.Integer(), primary_key=True))
    op.drop_table("step")


def downgrade() -> None:
    pass
