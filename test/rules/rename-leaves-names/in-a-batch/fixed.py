"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    with op.batch_alter_table('place') as batch_op:
        batch_op.alter_column('name', new_column_name='title')
    op.execute('ALTER TABLE place RENAME CONSTRAINT place_name_key TO place_title_key')


def downgrade() -> None:
    with op.batch_alter_table('place') as batch_op:
        batch_op.alter_column('title', new_column_name='name')
    op.execute('ALTER TABLE place RENAME CONSTRAINT place_title_key TO place_name_key')
