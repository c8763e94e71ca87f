"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_table("entry", sa.Column("id", sa.Integer(), primary_key=True), schema="audit")


def downgrade() -> None:
    op.execute("DROP TABLE IF EXISTS entry, audit.entry")
