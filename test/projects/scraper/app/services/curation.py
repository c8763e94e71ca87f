import uuid
from collections.abc import Sequence

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.models import Sitemap
from app.models.enums import SitemapCurationStatus


def queue_sitemaps(session: Session, ids: Sequence[uuid.UUID]) -> int:
    """Marks sitemaps for the scheduler. Those that are being processed are left alone."""
    result = session.execute(
        update(Sitemap)
        .where(Sitemap.id.in_(ids), Sitemap.curation_status != SitemapCurationStatus.PROCESSING)
        .values(curation_status=SitemapCurationStatus.QUEUED)
    )
    session.commit()
    return result.rowcount
