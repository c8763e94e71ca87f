"""alembic"""
def upgrade(config, to): ...
upgrade(None, "head")
plan.upgrade("head")
