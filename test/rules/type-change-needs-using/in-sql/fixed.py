"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.alter_column("place", "is_open", server_default=None, schema="shop")
    op.alter_column(
        "place",
        "is_open",
        type_=sa.Boolean(),
        postgresql_using="is_open::boolean",
        schema="shop",
    )
    op.alter_column("place", "is_open", server_default="1", schema="shop")


def downgrade() -> None:
    op.alter_column("place", "is_open", server_default=None, schema="shop")
    op.alter_column(
        "place",
        "is_open",
        type_=sa.Integer(),
        postgresql_using="is_open::integer",
        schema="shop",
    )
    op.alter_column("place", "is_open", server_default=sa.text("1"), schema="shop")
