from sqlalchemy import MetaData
from sqlalchemy.orm import declarative_base

from .conventions import NAMING

metadata = MetaData(naming_convention=NAMING)
Base = declarative_base(metadata=metadata)
