"""A draft."""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.alter_column(
        "place",
        "status",
        type_=postgresql.ENUM("NEW", "QUEUED", name="place_status", create_type=False),
        postgresql_using="upper(status)::place_status",
    )


def downgrade() -> None:
    op.execute("ALTER TABLE place ALTER COLUMN status TYPE text")
