"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_table("visit", sa.Column("id", sa.Integer(), primary_key=True))
    op.add_column("visit", sa.Column("at", sa.Date(), nullable=False))


def downgrade() -> None:
    op.drop_table("visit")
