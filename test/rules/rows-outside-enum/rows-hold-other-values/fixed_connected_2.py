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
        existing_type=sa.Text(),
        type_=postgresql.ENUM("NEW", "QUEUED", name="place_status", create_type=False),
        postgresql_using="(CASE status WHEN 'gone' THEN 'QUEUED' WHEN 'new' THEN 'NEW' ELSE status END)::place_status",
    )


def downgrade() -> None:
    op.alter_column("place", "status", existing_type=sa.Enum("NEW", "QUEUED", name="place_status"), type_=sa.Text(), existing_nullable=False)
