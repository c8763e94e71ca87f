"""One tenant

Revision ID: 71d2fa4b38ce
Revises: c05e3a86f912
Create Date: 2024-07-30 11:08:47.902655+00:00

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# Used by Alembic. Don't edit once the revision has been deployed anywhere.
revision = '71d2fa4b38ce'
down_revision = 'c05e3a86f912'
branch_labels = None
depends_on = None

DEFAULT_TENANT_ID = '550e8400-e29b-41d4-a716-446655440000'
TABLES = ('batch_job', 'contact', 'domain', 'job', 'local_business', 'place', 'sitemap')


def upgrade() -> None:
    for table in TABLES:
        op.execute(f"UPDATE {table} SET tenant_id = '{DEFAULT_TENANT_ID}' WHERE tenant_id <> '{DEFAULT_TENANT_ID}'")
        op.alter_column(table, 'tenant_id', existing_type=postgresql.UUID(as_uuid=True), server_default=DEFAULT_TENANT_ID)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.alter_column(table, 'tenant_id', existing_type=postgresql.UUID(as_uuid=True), server_default=None)
