"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("ALTER TABLE place ADD FOREIGN KEY (city_name) REFERENCES city (name)")


def downgrade() -> None:
    pass
