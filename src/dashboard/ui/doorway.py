"""The door of the server where people sign in: what stands before Streamlit, and how it is set up.

Streamlit's own sign-in forgets where a person came from, serves downloads and figures on itself to anybody, and cannot
know that browsers reach it over TLS. What is missing is added here, from the settings alone.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.auth_util import encode_provider_token, get_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from dashboard.errors import ConfigurationError, DashboardError
from dashboard.settings import Settings
from dashboard.ui.health import health
from dashboard.ui.listening import refuse_strangers

SIGN_IN = "/sign-in"
CALLBACK = "/oauth2callback"
RETURN = "dashboard_return"
"""The cookie that remembers where a person wanted to go, while they are away to sign in."""

LONGEST_RETURN = 2_500
"""Most characters of a path that is remembered; a cookie holds 4,096 bytes."""

_MINUTES_AWAY = 15
_CLOSED = ("/_stcore/metrics", "/_stcore/agent/", "/_stcore/script-health-check")
_GUARDED = ("/media/", "/_stcore/upload_file/")
_PATH = re.compile(r"(?:/[A-Za-z0-9_-]{1,40})?/?", re.ASCII)

CONTENT_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; media-src 'self' blob:; "
    "worker-src 'self' blob:; frame-src 'self' blob: data:; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
"""What every answer says to the browser: nothing from elsewhere, in no frame, and no address told to other sites."""


def configure(settings: Settings) -> None:
    """Set Streamlit up for these settings. Raises ConfigurationError where strangers could read."""
    refuse_strangers(str(config.get_option("server.address") or ""), sign_in=settings.shared)
    if not settings.shared:
        return
    if config.get_option("server.trustedUserHeaders"):
        raise ConfigurationError(
            "server.trustedUserHeaders is set, so that a header could say who somebody is; unset it and start again."
        )
    for option, value in {
        "server.allowedHosts": [settings.host, "localhost", "127.0.0.1"],
        "server.baseUrlPath": settings.base_path.strip("/"),
        "server.enableCORS": True,
        "server.enableXsrfProtection": True,
        "server.corsAllowedOrigins": [],
    }.items():
        config.set_option(option, value, "the environment")


def secrets(settings: Settings) -> dict[str, Any]:
    """What Streamlit's sign-in needs to know; nothing where nobody signs in."""
    if not settings.shared:
        return {}
    return {
        "auth": {
            "redirect_uri": settings.url + CALLBACK,
            "cookie_secret": settings.cookie_secret,
            "client_id": settings.oidc_client_id,
            "client_secret": settings.oidc_client_secret,
            "server_metadata_url": settings.oidc_metadata_url,
        }
    }


def routes(settings: Settings) -> list[BaseRoute]:
    """Addresses beside the pages: whether it is well, and the way to sign in that leads back."""
    added: list[BaseRoute] = [Route(settings.base_path + "/health", health(settings), methods=["GET"])]
    if settings.shared:

        async def sign_in(request: Request) -> Response:
            away = RedirectResponse(
                f"{settings.base_path}/auth/login?provider={quote(encode_provider_token('default'))}", status_code=302
            )
            place = inside(request.query_params.get("next", ""), settings.base_path)
            if place:
                away.set_cookie(
                    RETURN,
                    base64.urlsafe_b64encode(place.encode()).decode(),
                    max_age=60 * _MINUTES_AWAY,
                    path=settings.base_path or "/",
                    httponly=True,
                    samesite="lax",
                )
            return away

        added.append(Route(settings.base_path + SIGN_IN, sign_in, methods=["GET"]))
    return added


def middleware(settings: Settings) -> list[Middleware]:
    """What every request passes before it reaches Streamlit."""
    if not settings.shared:
        return []
    hosts = [settings.host, "localhost", "127.0.0.1"]
    return [
        Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False),
        Middleware(Doorway, settings=settings),
    ]


def inside(place: str, base_path: str) -> str:
    """A path and query that lead to a page of this application; "" where it leads anywhere else.

    >>> inside("/quotes?share=abc&theme=Pricing", "")
    '/quotes?share=abc&theme=Pricing'
    >>> inside("//evil.example/quotes", ""), inside("https://evil.example", ""), inside("/research/../x", "/research")
    ('', '', '')
    """
    if any(c in place for c in "\\#") or not place.isascii() or not place.isprintable() or " " in place:
        return ""
    try:
        parts = urlsplit(place)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or not parts.path.startswith(base_path + "/"):
        return ""
    if not _PATH.fullmatch(parts.path.removeprefix(base_path)):
        return ""
    query = ""
    for pair in filter(None, parts.query.split("&")):  # as many of the choices as a cookie holds
        longer = f"{query}&{pair}" if query else pair
        if len(parts.path) + 1 + len(longer) > LONGEST_RETURN:
            break
        query = longer
    return f"{parts.path}?{query}" if query else parts.path


class Doorway:
    """Closes what is nobody's business, and adds to the answers of Streamlit what it leaves out."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = unquote(str(scope["path"])).removeprefix(self._settings.base_path)
        answer: ASGIApp = self._app
        if path.startswith(_CLOSED):
            answer = PlainTextResponse("There is nothing here.", 404)
        elif path.startswith(_GUARDED) and not await run_in_threadpool(self._signed_in, HTTPConnection(scope)):
            answer = PlainTextResponse("Sign in to open this.", 403)
        back = self._return(HTTPConnection(scope)) if path == CALLBACK else ""

        async def send_more(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message), back)
            await send(message)

        await answer(scope, receive, send_more)

    def _add(self, headers: MutableHeaders, back: str) -> None:
        for name, value in HEADERS.items():
            headers[name] = value
        if self._settings.secure:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        if back and headers.get("location") in (f"{self._settings.base_path}/", "/"):
            headers["location"] = back
            path = self._settings.base_path or "/"
            headers.append("set-cookie", f"{RETURN}=; Max-Age=0; Path={path}; HttpOnly; SameSite=lax")
        if self._settings.secure:
            cookies = headers.getlist("set-cookie")
            del headers["set-cookie"]
            for cookie in cookies:
                headers.append("set-cookie", cookie if "; secure" in cookie.lower() else f"{cookie}; Secure")

    def _return(self, request: HTTPConnection) -> str:
        try:
            kept = base64.b64decode(request.cookies.get(RETURN, ""), altchars=b"-_", validate=True).decode("ascii")
        except (binascii.Error, ValueError):
            return ""
        return inside(kept, self._settings.base_path)

    def _signed_in(self, request: HTTPConnection) -> bool:
        """Whether a request is of somebody whose sign-in holds and who has a role, now."""
        from dashboard.workspace.access import signed_in

        claims = claims_in(request.cookies, self._settings)
        try:
            return bool(claims) and bool(signed_in(claims, self._settings))
        except DashboardError:
            return False


def claims_in(cookies: Mapping[str, str], settings: Settings) -> Mapping[str, Any]:
    """What the signed cookie of Streamlit's sign-in says; nothing where there is none of ours."""

    def single(name: str) -> bytes | None:
        value = cookies.get(name)
        return decode_signed_value(settings.cookie_secret, name, value.encode("latin-1", "replace")) if value else None

    said = get_cookie_with_chunks(single, USER_COOKIE_NAME)
    try:
        claims = json.loads(said) if said else {}
    except ValueError:
        return {}
    return claims if isinstance(claims, dict) else {}
