"""Initial tables

Names the constraints as PostgreSQL did when this first ran: the naming convention came later, and new environments
must not differ from production.

Revision ID: 8c1f0b6e2a47
Revises:
Create Date: 2024-03-11 09:30:12.410233+00:00

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# Used by Alembic. Don't edit once the revision has been deployed anywhere.
revision = '8c1f0b6e2a47'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'batch_job',
        sa.Column('id', postgresql.UUID(as_uuid=True), nullable=False, server_default=sa.text('gen_random_uuid()')),
        sa.Column('tenant_id', postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column('batch_id', sa.String(64), nullable=False),
        sa.Column('processor_type', sa.String(50), nullable=False),
        sa.Column('status', sa.String(50), nullable=False, server_default='PENDING'),
        sa.Column('total_domains', sa.Integer(), nullable=False, server_default='0'),
        sa.Column('completed_domains', sa.Integer(), nullable=False, server_default='0'),
        sa.Column('failed_domains', sa.Integer(), nullable=False, server_default='0'),
        sa.Column('options', postgresql.JSONB(), nullable=False, server_default='{}'),
        sa.Column('metadata', postgresql.JSONB()),
        sa.Column('error', sa.Text()),
        sa.Column('started_at', sa.DateTime(timezone=True)),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint('id', name='batch_job_pkey'),
        sa.UniqueConstraint('batch_id', name='batch_job_batch_id_key'),
    )

    op.create_table(
        'place',
        # Google's id of the place.
        sa.Column('place_id', sa.String(255), nullable=False),
        sa.Column('tenant_id', postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column('name', sa.String(255), nullable=False),
        sa.Column('vicinity', sa.Text()),
        sa.Column('business_type', sa.String(100)),
        sa.Column('latitude', sa.Numeric(9, 6)),
        sa.Column('longitude', sa.Numeric(9, 6)),
        sa.Column('rating', sa.Numeric(3, 2)),
        sa.Column('reviews_count', sa.Integer()),
        sa.Column('status', sa.String(20), nullable=False, server_default='NEW'),
        sa.Column('source', sa.String(50)),
        sa.Column('raw_data', postgresql.JSONB()),
        sa.Column('search_time', sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint('place_id', name='place_pkey'),
        sa.CheckConstraint('rating >= 0 AND rating <= 5', name=op.f('place_rating_check')),
    )
    op.create_index('idx_place_status', 'place', ['status'])
    op.create_index('ix_place_tenant_id', 'place', ['tenant_id'])

    op.create_table(
        'job',
        sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
        sa.Column('tenant_id', postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column('job_type', sa.String(50), nullable=False),
        sa.Column('status', sa.String(32), nullable=False, server_default='pending'),
        sa.Column('progress', sa.Numeric(5, 4), nullable=False, server_default='0'),
        sa.Column('batch_id', sa.String(64), sa.ForeignKey('batch_job.batch_id', name='job_batch_id_fkey')),
        sa.Column('result_data', postgresql.JSONB()),
        sa.Column('error', sa.Text()),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint('id', name='job_pkey'),
        sa.UniqueConstraint('batch_id', name='job_batch_id_key'),
        sa.CheckConstraint("job_type IN ('places_search', 'domain_scan', 'sitemap_import')", name=op.f('job_job_type_check')),
    )
    op.create_index('idx_job_status', 'job', ['status'])


def downgrade() -> None:
    op.drop_table('job')
    op.drop_table('place')
    op.drop_table('batch_job')
