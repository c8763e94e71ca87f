"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_column("city", "code")


def downgrade() -> None:
    op.add_column("city", sa.Column("code", sa.Text(), nullable=True))
    op.execute("UPDATE city SET code = 'W'")
    op.create_unique_constraint("city_code_key", "city", ["code"])
