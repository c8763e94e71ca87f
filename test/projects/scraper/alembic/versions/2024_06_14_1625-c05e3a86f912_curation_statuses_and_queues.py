"""Curation statuses and queues

The schedulers poll these columns every minute; the queues hold a few rows, the tables many.

Revision ID: c05e3a86f912
Revises: 4e9a7710d5b8
Create Date: 2024-06-14 16:25:02.118460+00:00

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# Used by Alembic. Don't edit once the revision has been deployed anywhere.
revision = 'c05e3a86f912'
down_revision = '4e9a7710d5b8'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('domain', sa.Column('sitemap_curation_status', sa.String(50), server_default='NEW'))
    op.add_column('domain', sa.Column('sitemap_error', sa.Text()))
    op.create_index('ix_domain_sitemap_curation_status', 'domain', ['sitemap_curation_status'])

    op.add_column('sitemap', sa.Column('deep_scrape_curation_status', sa.String(50), nullable=False, server_default='NEW'))
    op.create_index('ix_sitemap_deep_scrape_curation_status', 'sitemap', ['deep_scrape_curation_status'])
    op.execute(
        """
        CREATE INDEX ix_sitemap_queued ON sitemap (created_at)
        WHERE deep_scrape_curation_status = 'QUEUED'
        """
    )

    op.add_column('local_business', sa.Column('domain_extraction_status', sa.String(20)))
    op.add_column('local_business', sa.Column('domain_extraction_error', sa.Text()))
    op.create_index('ix_local_business_domain_extraction_status', 'local_business', ['domain_extraction_status'])
    op.create_index(
        'ix_local_business_extraction_queue',
        'local_business',
        ['updated_at'],
        postgresql_where=sa.text("domain_extraction_status = 'QUEUED'"),
    )


def downgrade() -> None:
    op.drop_index('ix_local_business_extraction_queue', table_name='local_business')
    op.drop_index('ix_local_business_domain_extraction_status', table_name='local_business')
    op.drop_column('local_business', 'domain_extraction_error')
    op.drop_column('local_business', 'domain_extraction_status')

    op.execute("DROP INDEX ix_sitemap_queued")
    op.drop_index('ix_sitemap_deep_scrape_curation_status', table_name='sitemap')
    op.drop_column('sitemap', 'deep_scrape_curation_status')

    op.drop_index('ix_domain_sitemap_curation_status', table_name='domain')
    op.drop_column('domain', 'sitemap_error')
    op.drop_column('domain', 'sitemap_curation_status')
