"""A draft."""
from alembic import op
import sqlalchemy as sa
from sqlalchemy import text

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_table("visit", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("at", sa.DateTime(), server_default=text("now()"), nullable=False))


def downgrade() -> None:
    op.drop_table("visit")
