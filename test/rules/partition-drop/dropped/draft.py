"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_table("event_2025")
    op.add_column("event", sa.Column("note", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("event", "note")
    op.create_table("event_2025", sa.Column("id", sa.Integer()), sa.Column("at", sa.Date()))
