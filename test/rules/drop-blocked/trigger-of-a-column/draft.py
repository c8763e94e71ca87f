"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_column("city", "name")


def downgrade() -> None:
    op.add_column("city", sa.Column("name", sa.Text(), nullable=True))
    op.execute("UPDATE city SET name = 'Wien'")
