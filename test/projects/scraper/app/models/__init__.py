"""Everything that is mapped. Alembic sees a table only if its module is imported here."""

from app.models.base import Base
from app.models.batch_job import BatchJob
from app.models.contact import Contact
from app.models.domain import Domain
from app.models.job import Job
from app.models.local_business import LocalBusiness
from app.models.place import Place
from app.models.sitemap import Sitemap

__all__ = ["Base", "BatchJob", "Contact", "Domain", "Job", "LocalBusiness", "Place", "Sitemap"]
