"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_unique_constraint("entry_code_key", "entry", ["code"], schema="audit")


def downgrade() -> None:
    op.drop_constraint("entry_code_key", "entry", type_="unique", schema="audit")
