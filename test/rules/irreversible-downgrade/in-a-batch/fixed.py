"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    with op.batch_alter_table('place') as batch_op:
        batch_op.alter_column('kind', existing_type=sa.Text(), server_default='x')


def downgrade() -> None:
    op.alter_column('place', 'kind', server_default=None)
