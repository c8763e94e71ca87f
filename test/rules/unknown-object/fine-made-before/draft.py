"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_table("visit", sa.Column("id", sa.Integer(), primary_key=True))
    op.add_column("visit", sa.Column("note", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_table("visit")
