"""A draft."""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "draft"
down_revision = None


def upgrade() -> None:
    status = sa.Enum("NEW", "QUEUED", name="place_status")
    status.create(op.get_bind(), checkfirst=True)
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("status", postgresql.ENUM("NEW", "QUEUED", name="place_status", create_type=False), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("visit")
    op.execute("DROP TYPE place_status")
