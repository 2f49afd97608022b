"""Whether the server is well, for what watches over it: it answers, and so do the records."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import sqlalchemy as sa
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dashboard.errors import DashboardError
from dashboard.settings import Settings

Handler = Callable[[Request], Awaitable[Response]]


def health(settings: Settings) -> Handler:
    """What answers ``/health``: status 200 and "ok", or 503 and "the records do not answer"; nothing else is told."""

    async def answer(request: Request) -> Response:
        well = await run_in_threadpool(_well, settings)
        said = "ok" if well else "the records do not answer"
        return JSONResponse({"status": said}, 200 if well else 503, headers={"Cache-Control": "no-store"})

    return answer


def _well(settings: Settings) -> bool:
    from dashboard.workspace.access import open_all

    try:
        records = open_all(settings)
        try:
            with records.read() as connection:
                connection.execute(sa.text("SELECT 1"))
        finally:
            if not settings.shared:
                records.close()
    except DashboardError:
        return False
    return True
