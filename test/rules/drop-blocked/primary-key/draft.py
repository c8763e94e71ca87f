"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    with op.batch_alter_table('city') as batch_op:
        batch_op.drop_constraint('city_pkey', type_='primary')


def downgrade() -> None:
    with op.batch_alter_table('city') as batch_op:
        batch_op.create_primary_key('city_pkey', ['id'])
