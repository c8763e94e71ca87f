"""Align DB schema with Layer 1 model and ENUM refactoring

The yardstick: what a careful engineer writes by hand for test/projects/scraper. The tests run it with the same round
trip that a generated draft has to pass; it is copied into the project's versions folder for that and lives nowhere else.

Revision ID: 5ca1ab1e0001
Revises: e6b81c94507a
Create Date: 2024-11-18 10:00:00.000000+00:00

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# Used by Alembic. Don't edit once the revision has been deployed anywhere.
revision = '5ca1ab1e0001'
down_revision = 'e6b81c94507a'
branch_labels = None
depends_on = None

batch_job_status = postgresql.ENUM(
    'PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED', name='batch_job_status', create_type=False
)
job_status = postgresql.ENUM(
    'PENDING', 'QUEUED', 'RUNNING', 'COMPLETE', 'FAILED', 'CANCELLED', name='job_status', create_type=False
)
domain_extraction_status = postgresql.ENUM(
    'NEW', 'QUEUED', 'PROCESSING', 'COMPLETED', 'ERROR', name='domain_extraction_status', create_type=False
)
sitemap_curation_status = postgresql.ENUM(
    'NEW', 'QUEUED', 'PROCESSING', 'COMPLETE', 'ERROR', 'SKIPPED', name='sitemap_curation_status', create_type=False
)
place_status = postgresql.ENUM(
    'NEW', 'SELECTED', 'MAYBE', 'NOT_A_FIT', 'ARCHIVED', name='place_status', create_type=False
)
contact_curation_status = postgresql.ENUM(
    'NEW', 'QUEUED', 'PROCESSING', 'COMPLETE', 'ERROR', 'SKIPPED', name='contactcurationstatus', create_type=False
)
contact_email_type = postgresql.ENUM(
    'service', 'corporate', 'free', 'unknown', name='contact_email_type', create_type=False
)
ENUMS = (
    batch_job_status,
    job_status,
    domain_extraction_status,
    sitemap_curation_status,
    place_status,
    contact_curation_status,
    contact_email_type,
)

# (table, old, new): names that PostgreSQL or a person chose before the naming convention.
CONSTRAINT_NAMES = (
    ('batch_job', 'batch_job_pkey', 'pk_batch_job'),
    ('batch_job', 'batch_job_batch_id_key', 'uq_batch_job_batch_id'),
    ('domain', 'domain_pkey', 'pk_domain'),
    ('domain', 'domain_domain_key', 'uq_domain_domain'),
    ('domain', 'domain_local_business_ref_fkey', 'fk_domain_local_business_id_local_business'),
    ('job', 'job_pkey', 'pk_job'),
    ('job', 'job_batch_id_fkey', 'fk_job_batch_id_batch_job'),
    ('job', 'job_job_type_check', 'ck_job_known_type'),
    ('local_business', 'local_business_pkey', 'pk_local_business'),
    ('local_business', 'local_business_place_id_key', 'uq_local_business_place_id'),
    ('place', 'place_rating_check', 'ck_place_rating_range'),
)

INDEX_NAMES = (
    ('ix_contact_contact_curation_status', 'ix_contact_curation_status'),
    ('ix_domain_local_business_ref', 'ix_domain_local_business_id'),
    ('idx_job_status', 'ix_job_status'),
    ('idx_place_status', 'ix_place_status'),
    ('ix_sitemap_deep_scrape_curation_status', 'ix_sitemap_curation_status'),
)

# (table, old, new)
COLUMN_NAMES = (
    ('batch_job', 'metadata', 'batch_metadata'),
    ('contact', 'contact_curation_status', 'curation_status'),
    ('domain', 'local_business_ref', 'local_business_id'),
    ('local_business', 'phone', 'main_phone'),
    ('place', 'search_time', 'created_at'),
    ('place', 'vicinity', 'formatted_address'),
    ('sitemap', 'deep_scrape_curation_status', 'curation_status'),
)

# (table, column under its new name, enum type, old type, old default, new default)
STATUSES = (
    ('batch_job', 'status', batch_job_status, sa.String(50), 'PENDING', 'PENDING'),
    ('contact', 'curation_status', contact_curation_status, sa.String(50), 'NEW', 'NEW'),
    ('contact', 'email_type', contact_email_type, sa.String(50), None, None),
    ('domain', 'sitemap_curation_status', sitemap_curation_status, sa.String(50), 'NEW', 'NEW'),
    ('job', 'status', job_status, sa.String(32), 'pending', 'PENDING'),
    ('local_business', 'status', place_status, sa.String(20), 'NEW', 'NEW'),
    ('local_business', 'domain_extraction_status', domain_extraction_status, sa.String(20), None, None),
    ('place', 'status', place_status, sa.String(20), 'NEW', 'NEW'),
    ('sitemap', 'curation_status', sitemap_curation_status, sa.String(50), 'NEW', 'NEW'),
)


def upgrade() -> None:
    bind = op.get_bind()
    for enum in ENUMS:
        enum.create(bind, checkfirst=True)

    for table, old, new in COLUMN_NAMES:
        op.alter_column(table, old, new_column_name=new)
    for old, new in INDEX_NAMES:
        op.execute(f'ALTER INDEX {old} RENAME TO {new}')
    for table, old, new in CONSTRAINT_NAMES:
        op.execute(f'ALTER TABLE {table} RENAME CONSTRAINT {old} TO {new}')

    # Values that no label has; decided with the team.
    op.execute("UPDATE batch_job SET status = 'COMPLETED' WHERE status = 'COMPLETE'")
    op.execute("UPDATE contact SET email_type = 'corporate' WHERE email_type = 'Corporate'")
    op.execute("UPDATE contact SET email_type = NULL WHERE email_type = ''")
    op.execute("UPDATE job SET status = 'PENDING' WHERE status = 'pending'")
    op.execute("UPDATE place SET status = 'SELECTED' WHERE status = 'selected'")
    op.execute("UPDATE sitemap SET curation_status = 'QUEUED' WHERE curation_status = 'queued'")

    # Their WHERE compares with text.
    op.drop_index('ix_local_business_extraction_queue', table_name='local_business')
    op.drop_index('ix_sitemap_queued', table_name='sitemap')
    for table, column, enum, old_type, old_default, new_default in STATUSES:
        if old_default is not None:
            op.alter_column(table, column, existing_type=old_type, server_default=None)
        op.alter_column(table, column, existing_type=old_type, type_=enum, postgresql_using=f'{column}::{enum.name}')
        if new_default is not None:
            op.alter_column(table, column, existing_type=enum, server_default=new_default)
    op.create_index(
        'ix_local_business_extraction_queue',
        'local_business',
        ['updated_at'],
        postgresql_where=sa.text("domain_extraction_status = 'QUEUED'"),
    )
    op.create_index('ix_sitemap_queued', 'sitemap', ['created_at'], postgresql_where=sa.text("curation_status = 'QUEUED'"))

    # Other types
    op.alter_column('local_business', 'website_url', existing_type=sa.String(255), type_=sa.Text())
    op.alter_column('place', 'name', existing_type=sa.String(255), type_=sa.Text(), existing_nullable=False)

    # No more nulls
    op.execute("UPDATE local_business SET status = 'NEW' WHERE status IS NULL")
    op.alter_column('local_business', 'status', existing_type=place_status, nullable=False)
    op.execute("UPDATE place SET source = 'google_maps' WHERE source IS NULL")
    op.alter_column('place', 'source', existing_type=sa.String(50), nullable=False)

    # New columns
    op.add_column('batch_job', sa.Column('channel', sa.String(32), nullable=True))
    op.execute("UPDATE batch_job SET channel = 'api'")
    op.alter_column('batch_job', 'channel', existing_type=sa.String(32), nullable=False)
    op.add_column('batch_job', sa.Column('cancelled_at', sa.DateTime(timezone=True)))
    op.add_column('contact', sa.Column('is_verified', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('job', sa.Column('priority', sa.SmallInteger(), server_default='5', nullable=False))
    op.add_column('job', sa.Column('attempts', sa.SmallInteger(), server_default='0', nullable=False))
    op.add_column('local_business', sa.Column('lead_score', sa.Numeric(6, 2), server_default=sa.text('0'), nullable=False))
    op.add_column(
        'local_business', sa.Column('tags', postgresql.ARRAY(sa.String(40)), server_default=sa.text("'{}'"), nullable=False)
    )
    op.add_column('place', sa.Column('search_query', sa.Text()))
    op.add_column('place', sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False))
    op.add_column('sitemap', sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False))

    # The key of place, and the key that points to it
    op.drop_constraint('local_business_place_id_fkey', 'local_business', type_='foreignkey')
    op.add_column(
        'place', sa.Column('id', postgresql.UUID(as_uuid=True), server_default=sa.text('gen_random_uuid()'), nullable=False)
    )
    op.drop_constraint('place_pkey', 'place', type_='primary')
    op.create_primary_key(op.f('pk_place'), 'place', ['id'])
    op.create_unique_constraint(op.f('uq_place_place_id'), 'place', ['place_id'])
    op.create_foreign_key(
        op.f('fk_local_business_place_id_place'),
        'local_business',
        'place',
        ['place_id'],
        ['place_id'],
        onupdate='CASCADE',
        ondelete='SET NULL',
    )

    # Foreign keys
    op.drop_constraint('fk_contact_domain_id_domain', 'contact', type_='foreignkey')
    op.create_foreign_key(op.f('fk_contact_domain_id_domain'), 'contact', 'domain', ['domain_id'], ['id'], ondelete='CASCADE')
    op.drop_constraint('domain_batch_id_fkey', 'domain', type_='foreignkey')
    op.create_foreign_key(
        op.f('fk_domain_batch_id_batch_job'), 'domain', 'batch_job', ['batch_id'], ['batch_id'], ondelete='SET NULL'
    )
    op.drop_constraint('job_domain_id_fkey', 'job', type_='foreignkey')
    op.create_foreign_key(op.f('fk_job_domain_id_domain'), 'job', 'domain', ['domain_id'], ['id'], ondelete='SET NULL')
    op.drop_constraint('fk_sitemap_domain_id_domain', 'sitemap', type_='foreignkey')
    op.create_foreign_key(op.f('fk_sitemap_domain_id_domain'), 'sitemap', 'domain', ['domain_id'], ['id'], ondelete='CASCADE')
    # The sitemap's batch, and with it the unique key of job that nothing needs any more
    op.drop_constraint('fk_sitemap_batch_id_job', 'sitemap', type_='foreignkey')
    op.drop_constraint('job_batch_id_key', 'job', type_='unique')
    op.create_foreign_key(
        op.f('fk_sitemap_batch_id_batch_job'), 'sitemap', 'batch_job', ['batch_id'], ['batch_id'], ondelete='SET NULL'
    )

    # Checks, indexes, comments
    op.create_check_constraint(op.f('ck_job_progress_range'), 'job', 'progress >= 0 AND progress <= 1')
    op.create_index(op.f('ix_batch_job_tenant_id'), 'batch_job', ['tenant_id'])
    op.create_index(op.f('ix_contact_tenant_id'), 'contact', ['tenant_id'])
    op.create_index(op.f('ix_job_batch_id'), 'job', ['batch_id'])
    op.create_index(op.f('ix_job_domain_id'), 'job', ['domain_id'])
    op.create_index(op.f('ix_job_tenant_id'), 'job', ['tenant_id'])
    op.create_index(op.f('ix_local_business_tenant_id'), 'local_business', ['tenant_id'])
    op.create_index('ix_local_business_types', 'local_business', ['types'], postgresql_using='gin')
    op.create_index('ix_place_location', 'place', ['latitude', 'longitude'])
    op.create_index(op.f('ix_sitemap_batch_id'), 'sitemap', ['batch_id'])
    op.create_index(op.f('ix_sitemap_tenant_id'), 'sitemap', ['tenant_id'])
    op.create_table_comment('sitemap', 'Sitemaps found on a domain, and whether somebody wants their pages')
    op.alter_column('sitemap', 'notes', existing_type=sa.Text(), comment='Free text of the person who curated it')


def downgrade() -> None:
    op.alter_column('sitemap', 'notes', existing_type=sa.Text(), comment=None)
    op.drop_table_comment('sitemap')
    op.drop_index(op.f('ix_sitemap_tenant_id'), table_name='sitemap')
    op.drop_index(op.f('ix_sitemap_batch_id'), table_name='sitemap')
    op.drop_index('ix_place_location', table_name='place')
    op.drop_index('ix_local_business_types', table_name='local_business')
    op.drop_index(op.f('ix_local_business_tenant_id'), table_name='local_business')
    op.drop_index(op.f('ix_job_tenant_id'), table_name='job')
    op.drop_index(op.f('ix_job_domain_id'), table_name='job')
    op.drop_index(op.f('ix_job_batch_id'), table_name='job')
    op.drop_index(op.f('ix_contact_tenant_id'), table_name='contact')
    op.drop_index(op.f('ix_batch_job_tenant_id'), table_name='batch_job')
    op.drop_constraint(op.f('ck_job_progress_range'), 'job', type_='check')

    op.drop_constraint(op.f('fk_sitemap_batch_id_batch_job'), 'sitemap', type_='foreignkey')
    op.create_unique_constraint('job_batch_id_key', 'job', ['batch_id'])
    op.create_foreign_key('fk_sitemap_batch_id_job', 'sitemap', 'job', ['batch_id'], ['batch_id'])
    op.drop_constraint(op.f('fk_sitemap_domain_id_domain'), 'sitemap', type_='foreignkey')
    op.create_foreign_key('fk_sitemap_domain_id_domain', 'sitemap', 'domain', ['domain_id'], ['id'])
    op.drop_constraint(op.f('fk_job_domain_id_domain'), 'job', type_='foreignkey')
    op.create_foreign_key('job_domain_id_fkey', 'job', 'domain', ['domain_id'], ['id'])
    op.drop_constraint(op.f('fk_domain_batch_id_batch_job'), 'domain', type_='foreignkey')
    op.create_foreign_key('domain_batch_id_fkey', 'domain', 'batch_job', ['batch_id'], ['batch_id'])
    op.drop_constraint(op.f('fk_contact_domain_id_domain'), 'contact', type_='foreignkey')
    op.create_foreign_key('fk_contact_domain_id_domain', 'contact', 'domain', ['domain_id'], ['id'])

    op.drop_constraint(op.f('fk_local_business_place_id_place'), 'local_business', type_='foreignkey')
    op.drop_constraint(op.f('uq_place_place_id'), 'place', type_='unique')
    op.drop_constraint(op.f('pk_place'), 'place', type_='primary')
    op.create_primary_key('place_pkey', 'place', ['place_id'])
    op.drop_column('place', 'id')
    op.create_foreign_key('local_business_place_id_fkey', 'local_business', 'place', ['place_id'], ['place_id'])

    op.drop_column('sitemap', 'updated_at')
    op.drop_column('place', 'updated_at')
    op.drop_column('place', 'search_query')
    op.drop_column('local_business', 'tags')
    op.drop_column('local_business', 'lead_score')
    op.drop_column('job', 'attempts')
    op.drop_column('job', 'priority')
    op.drop_column('contact', 'is_verified')
    op.drop_column('batch_job', 'cancelled_at')
    op.drop_column('batch_job', 'channel')

    op.alter_column('place', 'source', existing_type=sa.String(50), nullable=True)
    op.alter_column('local_business', 'status', existing_type=place_status, nullable=True)

    op.alter_column('place', 'name', existing_type=sa.Text(), type_=sa.String(255), existing_nullable=False)
    op.alter_column('local_business', 'website_url', existing_type=sa.Text(), type_=sa.String(255))

    op.drop_index('ix_sitemap_queued', table_name='sitemap')
    op.drop_index('ix_local_business_extraction_queue', table_name='local_business')
    for table, column, enum, old_type, old_default, new_default in reversed(STATUSES):
        if new_default is not None:
            op.alter_column(table, column, existing_type=enum, server_default=None)
        op.alter_column(table, column, existing_type=enum, type_=old_type, postgresql_using=f'{column}::text')
        if old_default is not None:
            op.alter_column(table, column, existing_type=old_type, server_default=old_default)

    for table, old, new in reversed(CONSTRAINT_NAMES):
        op.execute(f'ALTER TABLE {table} RENAME CONSTRAINT {new} TO {old}')
    for old, new in reversed(INDEX_NAMES):
        op.execute(f'ALTER INDEX {new} RENAME TO {old}')
    for table, old, new in reversed(COLUMN_NAMES):
        op.alter_column(table, new, new_column_name=old)

    # Under their old names again
    op.create_index(
        'ix_local_business_extraction_queue',
        'local_business',
        ['updated_at'],
        postgresql_where=sa.text("domain_extraction_status = 'QUEUED'"),
    )
    op.create_index(
        'ix_sitemap_queued', 'sitemap', ['created_at'], postgresql_where=sa.text("deep_scrape_curation_status = 'QUEUED'")
    )

    bind = op.get_bind()
    for enum in reversed(ENUMS):
        enum.drop(bind, checkfirst=True)
