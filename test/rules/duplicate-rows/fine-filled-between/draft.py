"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("code", sa.Text(), server_default="none", nullable=False))
    op.execute("UPDATE place SET code = id::text")
    op.create_unique_constraint("place_code_key", "place", ["code"])


def downgrade() -> None:
    op.drop_column("place", "code")
