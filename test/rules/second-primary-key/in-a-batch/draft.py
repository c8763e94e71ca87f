"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    with op.batch_alter_table('place') as batch_op:
        batch_op.create_primary_key('place_code_pkey', ['code'])


def downgrade() -> None:
    with op.batch_alter_table('place') as batch_op:
        batch_op.drop_constraint('place_code_pkey', type_='primary')
