"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_table('visit', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('at', sa.DateTime(), server_default=sa.text('CURRENT_TIMESTAMP')))
    op.execute("INSERT INTO visit (id) VALUES (1)")


def downgrade() -> None:
    op.drop_table('visit')
