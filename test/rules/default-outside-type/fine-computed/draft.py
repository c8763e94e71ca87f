"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("is_new", sa.Boolean(), server_default=sa.true()))
    op.add_column("place", sa.Column("code", sa.Text(), server_default=sa.text("0")))
    op.alter_column("place", "floor", server_default=sa.text("'3'::integer"))


def downgrade() -> None:
    op.alter_column("place", "floor", server_default=None)
    op.drop_column("place", "code")
    op.drop_column("place", "is_new")
