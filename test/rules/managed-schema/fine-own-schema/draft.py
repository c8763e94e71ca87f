"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("users", sa.Column("nick", sa.Text(), nullable=True), schema="auth")


def downgrade() -> None:
    op.drop_column("users", "nick", schema="auth")
