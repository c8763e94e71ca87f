"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    # The note that everybody asked for.
    op.add_column(
        "place",
        sa.Column("note", sa.TEXT(), nullable=True),
    )
    op.execute("""
        -- all of them
        update place
        set name = 'b';
    """)


def downgrade() -> None:
    op.drop_column("place", "note")
