import uuid
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Optional

from sqlalchemy import Boolean, ForeignKey, Numeric, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.enums import SitemapCurationStatus, sitemap_curation_status_type
from app.models.mixins import TenantMixin, TimestampMixin, UUIDPrimaryKeyMixin

if TYPE_CHECKING:
    from app.models.contact import Contact
    from app.models.job import Job
    from app.models.local_business import LocalBusiness
    from app.models.sitemap import Sitemap


class Domain(UUIDPrimaryKeyMixin, TenantMixin, TimestampMixin, Base):
    __tablename__ = "domain"

    domain: Mapped[str] = mapped_column(String(255), unique=True)
    local_business_id: Mapped[Optional[uuid.UUID]] = mapped_column(
        ForeignKey("local_business.id", ondelete="SET NULL"), index=True
    )
    batch_id: Mapped[Optional[str]] = mapped_column(
        String(64), ForeignKey("batch_job.batch_id", ondelete="SET NULL"), index=True
    )
    title: Mapped[Optional[str]] = mapped_column(Text)
    description: Mapped[Optional[str]] = mapped_column(Text)
    is_wordpress: Mapped[bool] = mapped_column(Boolean, server_default=false())
    lead_score: Mapped[Optional[Decimal]] = mapped_column(Numeric(6, 2))
    tech_stack: Mapped[Optional[list[str]]]
    meta_json: Mapped[Optional[dict[str, Any]]]
    sitemap_curation_status: Mapped[Optional[SitemapCurationStatus]] = mapped_column(
        sitemap_curation_status_type, default=SitemapCurationStatus.NEW, server_default="NEW", index=True
    )
    sitemap_error: Mapped[Optional[str]] = mapped_column(Text)
    last_scan: Mapped[Optional[datetime]]

    local_business: Mapped[Optional["LocalBusiness"]] = relationship(back_populates="domains")
    jobs: Mapped[list["Job"]] = relationship(back_populates="domain")
    sitemaps: Mapped[list["Sitemap"]] = relationship(back_populates="domain", cascade="all, delete-orphan")
    contacts: Mapped[list["Contact"]] = relationship(back_populates="domain", cascade="all, delete-orphan")
