"""Give places a note."""
from alembic import op
import sqlalchemy as sa

revision = "9c41d7e0ab52"
down_revision = "1b7e6d0c2f90"


def upgrade() -> None:
    op.add_column("place", sa.Column("note", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("place", "note")
