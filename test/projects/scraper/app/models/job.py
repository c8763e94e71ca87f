from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Enum,
    ForeignKey,
    Integer,
    Numeric,
    SmallInteger,
    String,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID
from sqlalchemy.orm import relationship

from app.models.base import Base
from app.models.enums import JobStatus
from app.models.mixins import TenantMixin, TimestampMixin


class Job(TenantMixin, TimestampMixin, Base):
    __tablename__ = "job"

    id = Column(Integer, primary_key=True)
    job_type = Column(String(50), nullable=False)
    status = Column(
        Enum(JobStatus, name="job_status"),
        nullable=False,
        default=JobStatus.PENDING,
        server_default=JobStatus.PENDING.value,
        index=True,
    )
    priority = Column(SmallInteger, nullable=False, default=5, server_default="5")
    attempts = Column(SmallInteger, nullable=False, server_default="0")
    progress = Column(Numeric(5, 4), nullable=False, server_default="0")
    # Several jobs may belong to one batch since the remediation.
    batch_id = Column(String(64), ForeignKey("batch_job.batch_id"), index=True)
    domain_id = Column(UUID(as_uuid=True), ForeignKey("domain.id", ondelete="SET NULL"), index=True)
    bytes_fetched = Column(BigInteger)
    result_data = Column(JSONB)
    error = Column(Text)

    batch_job = relationship("BatchJob", back_populates="jobs")
    domain = relationship("Domain", back_populates="jobs")

    __table_args__ = (
        CheckConstraint("job_type IN ('places_search', 'domain_scan', 'sitemap_import')", name="known_type"),
        CheckConstraint("progress >= 0 AND progress <= 1", name="progress_range"),
    )
