"""Settings: the environment, read once, as one frozen value.

Only ``app.py``, ``serve.py`` and ``cli`` call :func:`from_environment`; everything else is handed the value.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from dashboard.errors import ConfigurationError

READ_SECONDS = 120
READ_MEMORY_MB = 2_000
"""What reading one file may take unless the environment says otherwise."""

LEAST_SECRET = 32
"""Fewest characters of the secret that signs cookies."""

WELL_KNOWN = "/.well-known/openid-configuration"
_SUBJECT = re.compile(r"(?:[^\s@,;<>\"]+)?@[^\s@,;<>\"]+", re.ASCII)
_GROUP = "group:"


@dataclass(frozen=True)
class Settings:
    """How this installation runs.

    data_dir: folder of the store: bytes of sources, parts, and the SQLite file when there is no ``database_url``.
    database_url: an SQLAlchemy address of the records; empty means SQLite in ``data_dir``.
    mode: ``local``: one researcher on this machine, no sign-in; ``shared``: people sign in by OpenID Connect.
    max_file_mb: largest single file that is taken in, in megabytes.
    max_unpacked_mb: largest total size of the files inside one ZIP, in megabytes.
    max_files: most files in one drop or one ZIP.
    read_seconds: longest that reading one file may take, in seconds.
    read_memory_mb: most memory that reading one file may take, in megabytes.
    threads: threads for the sentence model and the engine; 0 means as many as there are cores.
    url: where people open the dashboard, without a last slash; this and all below in shared mode alone.
    cookie_secret: signs the cookies of those who signed in.
    oidc_client_id, oidc_client_secret, oidc_metadata_url: what the provider of sign-in calls this dashboard.
    oidc_issuer: the one issuer whose word is taken; empty: the one that the metadata address names.
    oidc_groups_claim: the claim that lists a person's groups.
    admins, researchers, viewers: subjects in lower case but for a group's name: an e-mail address, "@domain" or
        "group:NAME".
    """

    data_dir: Path
    database_url: str = ""
    mode: str = "local"
    max_file_mb: int = 100
    max_unpacked_mb: int = 500
    max_files: int = 1_000
    read_seconds: int = READ_SECONDS
    read_memory_mb: int = READ_MEMORY_MB
    threads: int = 0
    url: str = ""
    cookie_secret: str = field(default="", repr=False)
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    oidc_metadata_url: str = ""
    oidc_issuer: str = ""
    oidc_groups_claim: str = "groups"
    admins: tuple[str, ...] = ()
    researchers: tuple[str, ...] = ()
    viewers: tuple[str, ...] = ()

    @property
    def shared(self) -> bool:
        """Whether people sign in."""
        return self.mode == "shared"

    @property
    def issuer(self) -> str:
        """The one issuer whose word on a person is taken."""
        return self.oidc_issuer or self.oidc_metadata_url.removesuffix(WELL_KNOWN)

    @property
    def host(self) -> str:
        """The name of the machine in ``url``, without port."""
        return urlsplit(self.url).hostname or ""

    @property
    def base_path(self) -> str:
        """The path in ``url``: "" or "/research"."""
        return urlsplit(self.url).path.rstrip("/")

    @property
    def secure(self) -> bool:
        """Whether browsers come over TLS."""
        return self.url.startswith("https://")

    @property
    def records_url(self) -> str:
        """The SQLAlchemy address of the records."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'records.sqlite').as_posix()}"

    @property
    def sources_dir(self) -> Path:
        """Folder of the bytes that were given, named by digest."""
        return self.data_dir / "sources"

    @property
    def parts_dir(self) -> Path:
        """Folder of the computed, immutable parts."""
        return self.data_dir / "parts"


# setting → (environment variable, what it takes); docs and tests read this table.
VARIABLES: dict[str, tuple[str, str]] = {
    "data_dir": ("DASHBOARD_DATA_DIR", "folder of the store (default: data/local)"),
    "database_url": ("DATABASE_URL", "SQLAlchemy address of the records (default: SQLite in the data folder)"),
    "mode": ("DASHBOARD_MODE", "local: one researcher on this machine; shared: people sign in (default: local)"),
    "max_file_mb": ("DASHBOARD_MAX_FILE_MB", "largest single file in megabytes (default: 100)"),
    "max_unpacked_mb": ("DASHBOARD_MAX_UNPACKED_MB", "largest total of one ZIP, unpacked, in megabytes (default: 500)"),
    "max_files": ("DASHBOARD_MAX_FILES", "most files in one drop or ZIP (default: 1000)"),
    "read_seconds": ("DASHBOARD_READ_SECONDS", "longest that reading one file may take, in seconds (default: 120)"),
    "read_memory_mb": ("DASHBOARD_READ_MEMORY_MB", "most memory for reading one file, in megabytes (default: 2000)"),
    "threads": ("DASHBOARD_THREADS", "threads for model and engine, 0 for all cores (default: 0)"),
    "url": ("DASHBOARD_URL", "shared: where people open it, such as https://example.org/research"),
    "cookie_secret": ("DASHBOARD_COOKIE_SECRET", "shared: 32 random characters or more, which sign the cookies"),
    "oidc_client_id": ("OIDC_CLIENT_ID", "shared: what the provider of sign-in calls this dashboard"),
    "oidc_client_secret": ("OIDC_CLIENT_SECRET", "shared: the secret that the provider gave it"),
    "oidc_metadata_url": ("OIDC_METADATA_URL", "shared: the provider's address that ends in openid-configuration"),
    "oidc_issuer": ("OIDC_ISSUER", "shared: the issuer in its tokens (default: as the metadata address begins)"),
    "oidc_groups_claim": ("OIDC_GROUPS_CLAIM", "shared: the claim with a person's groups (default: groups)"),
    "admins": ("DASHBOARD_ADMINS", "shared: who administers: e-mail, @domain or group:NAME, separated by commas"),
    "researchers": ("DASHBOARD_RESEARCHERS", "shared: who does research; as above"),
    "viewers": ("DASHBOARD_VIEWERS", "shared: who may open what was shared with them; as above"),
}


def from_environment(environment: Mapping[str, str], *, data_dir: Path | None = None) -> Settings:
    """The settings that the environment asks for.

    Raises ConfigurationError where a value cannot be used.

    >>> from_environment({"DASHBOARD_MAX_FILES": "20"}).max_files
    20
    """

    def number(name: str, default: int, *, least: int = 1) -> int:
        variable = VARIABLES[name][0]
        given = environment.get(variable, "").strip()
        if not given:
            return default
        if not given.isdecimal():
            raise ConfigurationError(
                f"{variable} is “{given}”, but it must be a whole number; correct it and start again."
            )
        if int(given) < least:
            raise ConfigurationError(
                f"{variable} is {given}, but it must be {least} or more; correct it and start again."
            )
        return int(given)

    def text(name: str) -> str:
        return environment.get(VARIABLES[name][0], "").strip()

    mode = text("mode") or "local"
    if mode not in ("local", "shared"):
        raise ConfigurationError(f"DASHBOARD_MODE is “{mode}”, but it must be local or shared; correct it.")
    settings = Settings(
        data_dir=data_dir or Path(environment.get(VARIABLES["data_dir"][0], "").strip() or "data/local"),
        database_url=environment.get(VARIABLES["database_url"][0], "").strip(),
        mode=mode,
        max_file_mb=number("max_file_mb", 100),
        max_unpacked_mb=number("max_unpacked_mb", 500),
        max_files=number("max_files", 1_000),
        read_seconds=number("read_seconds", READ_SECONDS),
        read_memory_mb=number("read_memory_mb", READ_MEMORY_MB),
        threads=number("threads", 0, least=0),
        url=text("url").rstrip("/"),
        cookie_secret=text("cookie_secret"),
        oidc_client_id=text("oidc_client_id"),
        oidc_client_secret=text("oidc_client_secret"),
        oidc_metadata_url=text("oidc_metadata_url"),
        oidc_issuer=text("oidc_issuer"),
        oidc_groups_claim=text("oidc_groups_claim") or "groups",
        admins=_subjects("admins", text("admins")),
        researchers=_subjects("researchers", text("researchers")),
        viewers=_subjects("viewers", text("viewers")),
    )
    if settings.shared:
        _check_sign_in(settings)
    return settings


def _subjects(name: str, given: str) -> tuple[str, ...]:
    """Whom a list names. Raises ConfigurationError where an entry is nobody."""
    found = []
    for entry in filter(None, map(str.strip, given.split(","))):
        if entry[: len(_GROUP)].lower() == _GROUP and entry[len(_GROUP) :].strip():
            found.append(_GROUP + entry[len(_GROUP) :].strip())
        elif _SUBJECT.fullmatch(entry):
            found.append(entry.lower())
        else:
            raise ConfigurationError(
                f"{VARIABLES[name][0]} names “{entry[:60]}”, which is nobody; write an e-mail address, a domain such "
                "as @example.org, or group:NAME, separated by commas."
            )
    return tuple(dict.fromkeys(found))


def _check_sign_in(settings: Settings) -> None:
    """Raise ConfigurationError unless people can sign in, and nobody else reads what they do."""
    for name in ("url", "cookie_secret", "oidc_client_id", "oidc_client_secret", "oidc_metadata_url"):
        if not getattr(settings, name):
            raise ConfigurationError(
                f"DASHBOARD_MODE is shared, but {VARIABLES[name][0]} is not set; set it, so that people can sign in, "
                "and start again."
            )
    for name in ("url", "oidc_metadata_url"):
        if not _address(getattr(settings, name)):
            raise ConfigurationError(
                f"{VARIABLES[name][0]} must be an https:// address without a question mark; http:// is for this "
                "machine alone: correct it and start again."
            )
    if len(settings.cookie_secret) < LEAST_SECRET or len(set(settings.cookie_secret)) < 8:
        raise ConfigurationError(
            f"DASHBOARD_COOKIE_SECRET can be guessed; make one of {LEAST_SECRET} random characters or more, for "
            "example by: openssl rand -hex 32"
        )
    if not settings.admins:
        raise ConfigurationError(
            "DASHBOARD_ADMINS is empty, so nobody could give anybody a role; name one person at least and start again."
        )


def _address(given: str) -> bool:
    """Whether it is an address that people may be sent to: over TLS, or on this machine."""
    try:
        parts = urlsplit(given)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    if not host or parts.query or parts.fragment or "@" in parts.netloc or re.search(r"[\s\\;,\"']|//", given[8:]):
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))


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
