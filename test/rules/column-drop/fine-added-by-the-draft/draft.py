"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("helper", sa.Text()))
    op.execute("UPDATE place SET helper = name")
    op.drop_column("place", "helper")


def downgrade() -> None:
    pass
