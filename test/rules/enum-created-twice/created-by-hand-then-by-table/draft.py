"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    status = sa.Enum("NEW", "QUEUED", name="place_status")
    status.create(op.get_bind(), checkfirst=True)
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("status", status, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("visit")
    op.execute("DROP TYPE place_status")
