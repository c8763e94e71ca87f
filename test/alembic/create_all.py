"""Makes the tables of models in an empty database, as SQLAlchemy would.

Reads {"url": "postgresql://…", "modules": ["module", ...], "before": ["SQL", ...]} from standard input.
"""

import importlib
import json
import sys
import warnings

import sqlalchemy as sa

sys.path.insert(0, "")
warnings.simplefilter("ignore")
request = json.load(sys.stdin)
modules = [importlib.import_module(name) for name in request["modules"]]
values = [value for module in modules for value in vars(module).values()]
metadatas = [value if isinstance(value, sa.MetaData) else getattr(value, "metadata", None) for value in values]
# CREATE INDEX CONCURRENTLY wants no transaction around it
engine = sa.create_engine(request["url"], isolation_level="AUTOCOMMIT")
with engine.connect() as connection:
    for statement in request.get("before", []):
        connection.exec_driver_sql(statement)
    for metadata in {id(metadata): metadata for metadata in metadatas if isinstance(metadata, sa.MetaData)}.values():
        metadata.create_all(connection)
