"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("ALTER TABLE place RENAME COLUMN name TO title")
    op.execute("ALTER TABLE place RENAME CONSTRAINT place_name_key TO place_title_key")


def downgrade() -> None:
    op.execute("ALTER TABLE place RENAME COLUMN title TO name")
    op.execute("ALTER TABLE place RENAME CONSTRAINT place_title_key TO place_name_key")
