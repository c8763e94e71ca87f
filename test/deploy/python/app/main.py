import asyncio
import alembic.command
from contextlib import asynccontextmanager


@asynccontextmanager
async def lifespan(app):
    await asyncio.to_thread(alembic.command.upgrade, config, "head")
    yield
