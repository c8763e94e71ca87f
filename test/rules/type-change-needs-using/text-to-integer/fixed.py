"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    # floors are numbers
    op.alter_column("place", "floor", server_default=None)
    op.alter_column(
        "place",
        "floor",
        existing_type=sa.Text(),
        type_=sa.Integer(),
        postgresql_using="floor::integer",
    )
    op.alter_column("place", "floor", server_default="0")


def downgrade() -> None:
    op.alter_column("place", "floor", existing_type=sa.Integer(), type_=sa.TEXT(), existing_nullable=False)
