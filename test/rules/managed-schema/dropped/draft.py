"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_table("users", schema="auth")
    op.add_column("place", sa.Column("note", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("place", "note")
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("email", sa.Text()),
        schema="auth",
    )
