"""Give places a note."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = "aaaaaaaaaaaa"


def upgrade() -> None:
    op.add_column("place", sa.Column("note", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("place", "note")
