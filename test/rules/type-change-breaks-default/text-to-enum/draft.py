"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.alter_column(
        "place",
        "status",
        existing_type=sa.Text(),
        type_=sa.Enum("NEW", "QUEUED", name="place_status"),
        postgresql_using="status::place_status",
    )


def downgrade() -> None:
    op.alter_column(
        "place",
        "status",
        existing_type=sa.Enum("NEW", "QUEUED", name="place_status"),
        type_=sa.Text(),
    )
