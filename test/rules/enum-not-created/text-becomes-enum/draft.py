"""As Alembic writes a String that becomes an Enum."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.alter_column(
        "place",
        "status",
        existing_type=sa.VARCHAR(length=20),
        type_=sa.Enum("NEW", "QUEUED", name="place_status"),
        existing_nullable=False,
    )


def downgrade() -> None:
    op.alter_column(
        "place",
        "status",
        existing_type=sa.Enum("NEW", "QUEUED", name="place_status"),
        type_=sa.VARCHAR(length=20),
        existing_nullable=False,
    )
