"""Where the server may listen: without sign-in, on this machine alone."""

from __future__ import annotations

from dashboard.errors import ConfigurationError
from dashboard.settings import is_loopback


def refuse_strangers(address: str, *, sign_in: bool = False) -> None:
    """Raise ConfigurationError where strangers could read without signing in.

    address: what the server is bound to, however that was set: flags and environment override the configuration file.
    sign_in: whether everybody must sign in.

    >>> refuse_strangers("127.0.0.1")
    >>> refuse_strangers("0.0.0.0", sign_in=True)
    """
    if not sign_in and not is_loopback(address):
        listens = f"on {address}" if address else "on every address of this machine"
        raise ConfigurationError(
            f"The dashboard listens {listens}, where anybody could read the transcripts without signing in; "
            "start it again with --server.address=127.0.0.1."
        )
