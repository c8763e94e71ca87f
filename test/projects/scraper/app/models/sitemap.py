from sqlalchemy import BigInteger, Column, DateTime, Float, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, UUID
from sqlalchemy.orm import relationship

from .base import Base
from .enums import SitemapCurationStatus, sitemap_curation_status_type
from .mixins import TenantMixin, TimestampMixin, UUIDPrimaryKeyMixin


class Sitemap(UUIDPrimaryKeyMixin, TenantMixin, TimestampMixin, Base):
    __tablename__ = "sitemap"

    domain_id = Column(UUID(as_uuid=True), ForeignKey("domain.id", ondelete="CASCADE"), nullable=False, index=True)
    batch_id = Column(String(64), ForeignKey("batch_job.batch_id", ondelete="SET NULL"), index=True)
    url = Column(Text, nullable=False)
    sitemap_type = Column(String(50), nullable=False, default="STANDARD")
    discovery_method = Column(String(50))
    url_count = Column(Integer)
    size_bytes = Column(BigInteger)
    response_time = Column(Float)
    tags = Column(ARRAY(Text))
    last_modified = Column(DateTime(timezone=True))
    curation_status = Column(
        sitemap_curation_status_type,
        nullable=False,
        default=SitemapCurationStatus.NEW,
        server_default=SitemapCurationStatus.NEW.value,
        index=True,
    )
    notes = Column(Text, comment="Free text of the person who curated it")

    domain = relationship("Domain", back_populates="sitemaps")

    __table_args__ = (
        UniqueConstraint("domain_id", "url", name="uq_sitemap_domain_url"),
        Index("ix_sitemap_queued", "created_at", postgresql_where=text("curation_status = 'QUEUED'")),
        {"comment": "Sitemaps found on a domain, and whether somebody wants their pages"},
    )
