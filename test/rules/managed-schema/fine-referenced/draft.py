"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("owner", sa.Uuid(), nullable=True))
    op.create_foreign_key("place_owner_fkey", "place", "users", ["owner"], ["id"], referent_schema="auth")


def downgrade() -> None:
    op.drop_column("place", "owner")
