"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "place",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("token", sa.UUID(), server_default="none"),
        schema="shop",
    )
    op.execute("INSERT INTO shop.place (id) VALUES (1)")


def downgrade() -> None:
    op.drop_table("place", schema="shop")
