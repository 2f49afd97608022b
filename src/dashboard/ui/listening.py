"""Where the server may listen: without sign-in, on this machine alone."""

from __future__ import annotations

import ipaddress

from dashboard.errors import ConfigurationError


def refuse_strangers(address: str) -> None:
    """Raise ConfigurationError unless the server listens on this machine alone.

    address: what the server is bound to, however that was set: flags and environment override the configuration file.

    >>> refuse_strangers("127.0.0.1")
    >>> refuse_strangers("localhost")
    """
    if not is_loopback(address):
        listens = f"on {address}" if address else "on every address of this machine"
        raise ConfigurationError(
            f"The dashboard listens {listens}, where anybody could read the transcripts without signing in; "
            "start it again with --server.address=127.0.0.1."
        )


def is_loopback(address: str) -> bool:
    """Whether an address is this machine's own.

    >>> is_loopback("::1"), is_loopback("0.0.0.0"), is_loopback("")
    (True, False, False)
    """
    if address.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False
