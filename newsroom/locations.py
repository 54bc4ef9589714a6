"""Turns the addresses of database, cache, mail and files into what Django wants to be told.

Each function takes one URL and raises ValueError with a sentence that says what to write instead.
"""

import importlib.util
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import dj_database_url

from newsroom import mail_providers

type Settings = dict[str, Any]

# synchronous stays FULL, SQLite's default: a power cut must not undo a publication.
# recursive_triggers makes INSERT OR REPLACE fire the triggers that guard the record.
SQLITE_OPTIONS: Mapping[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA recursive_triggers=ON;"
        "PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY"
    ),
}

# Seconds a thread keeps the file open. To open it for each request costs more than an article does; to keep it for
# good would go on reading a file that `restore` has replaced.
SQLITE_KEPT = 60

# Times a statement runs on a kept connection before PostgreSQL keeps its plan; articles.prepared asks for it at once.
PREPARED_AFTER = 5

# How PostgreSQL plans (docs/decisions/0053). Every query of ours reads a few rows by an index. The planner overrates
# those with many subqueries, and to compile them (jit) takes a hundred times what running them does; and as long as a
# page found by an index counts as four, it reads and sorts all of a list. One plan for all values spares planning a
# kept query for each of them, which takes longer than running it.
PLANNING = "-c jit=off -c random_page_cost=1 -c plan_cache_mode=force_generic_plan"

# Seconds until an answer that never comes counts as none: for a connection, for one from the pool, for the pool's own
# attempts, and (in milliseconds) for a server whose machine is gone and acknowledges nothing.
CONNECTING, WAITING, RETRYING, UNACKNOWLEDGED = 3, 2, 4, 10_000

MAIL_SCHEMES = {
    "smtp": {"port": 25},
    "smtp+tls": {"port": 587, "use_tls": True},
    "smtps": {"port": 465, "use_ssl": True},
}


def database(url: str, *, base: Path, pool: int = 0) -> Settings:
    """Give the DATABASES entry. `pool`: connections a process keeps at most (PostgreSQL only; 0: no pool)."""
    if url.startswith("sqlite:"):
        return _sqlite(url, base)
    if not url.startswith(("postgres://", "postgresql://")):
        raise ValueError("must begin with sqlite:/// or postgres://")
    split(url)
    found: Settings = dict(dj_database_url.parse(url, conn_max_age=0))
    if "conn_max_age" in found.get("OPTIONS", {}):
        raise ValueError("takes no conn_max_age: DATABASE_POOL says how many connections are kept")
    if not found["NAME"]:
        raise ValueError("names no database: postgres://user:password@host:5432/NAME")
    found["ENGINE"] = "newsroom.postgresql"
    patience = {"connect_timeout": CONNECTING, "tcp_user_timeout": UNACKNOWLEDGED}
    found["OPTIONS"] = {"options": PLANNING, **patience, **found.get("OPTIONS", {})}
    if pool:
        sizes = {"min_size": 1, "max_size": pool, "timeout": WAITING, "reconnect_timeout": RETRYING}
        found["OPTIONS"] |= {"pool": sizes, "prepare_threshold": PREPARED_AFTER}
    return found


def cache(url: str) -> Settings:
    """Give the CACHES entry for memory:, dummy: or redis://."""
    match split(url).scheme:
        case "memory":
            return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
        case "dummy":
            return {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
        case "redis" | "rediss":
            _must_be_installed("redis")
            return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}
    raise ValueError("must be memory: or begin with redis:// or rediss://")


def mailer(url: str, *, base: Path) -> Settings:
    """Give the MAILERS entry for file:, console:, memory:, one of the smtp schemes or a provider's."""
    parts = split(url)
    if parts.scheme in mail_providers.PROVIDERS:
        _must_be_installed(mail_providers.PROVIDERS[parts.scheme].needs)
        return mail_providers.mailer(parts)
    backend = "django.core.mail.backends.{}.EmailBackend"
    if parts.scheme == "file":
        return {
            "BACKEND": "newsroom.mailfiles.EmailBackend",
            "OPTIONS": {"file_path": str(_folder(parts, base))},
        }
    if parts.scheme in ("console", "memory"):
        return {"BACKEND": backend.format("locmem" if parts.scheme == "memory" else "console")}
    if parts.scheme not in MAIL_SCHEMES:
        raise ValueError(
            "must begin with smtp+tls://, smtps://, smtp:// (this machine only), file:// or a provider’s name: "
            + ", ".join(f"{name}://" for name in mail_providers.PROVIDERS)
        )
    if not parts.hostname:
        raise ValueError("names no mail server: smtp+tls://user:password@host:587")
    if parts.scheme == "smtp" and not _is_near(parts.hostname):
        raise ValueError("would send mail in the clear: use smtp+tls:// or smtps://")
    options: Settings = {**MAIL_SCHEMES[parts.scheme], "host": parts.hostname, "timeout": 20}
    if parts.port:
        options["port"] = parts.port
    if parts.username:
        options |= {"username": unquote(parts.username), "password": unquote(parts.password or "")}
    return {"BACKEND": "alerts.sending.smtp.EmailBackend", "OPTIONS": options}


def storage(url: str, *, base: Path) -> Settings:
    """Give the STORAGES entry for file:, memory: or s3://KEY:SECRET@BUCKET?region=…&endpoint=…."""
    parts = split(url)
    match parts.scheme:
        case "file":
            return {
                "BACKEND": "django.core.files.storage.FileSystemStorage",
                "OPTIONS": {"location": str(_folder(parts, base))},
            }
        case "memory":
            return {"BACKEND": "newsroom.memory_files.MemoryStorage"}
        case "s3":
            return _s3(parts)
    raise ValueError("must begin with file:// or s3://")


def split(url: str) -> SplitResult:
    """Take a URL apart; the refusal never repeats it, for it may hold a password."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  (raises where the port is none)
    except ValueError:
        problem = "cannot be read as a URL: special characters in a password must be %-escaped"
        raise ValueError(problem) from None
    return parts


def _sqlite(url: str, base: Path) -> Settings:
    path = unquote(split(url).path).removeprefix("/")
    if not path:
        raise ValueError(
            "names no file: sqlite:///var/newsroom.sqlite3, or four slashes for a path from the root"
        )
    return {
        "ENGINE": "newsroom.sqlite",
        "NAME": str(base / path),
        "OPTIONS": dict(SQLITE_OPTIONS),
        "CONN_MAX_AGE": SQLITE_KEPT,
    }


def _s3(parts: SplitResult) -> Settings:
    _must_be_installed("storages")
    if not parts.hostname:
        raise ValueError("names no bucket: s3://key:secret@bucket?region=eu-west-2")
    # Not hostname: that would fold the case of the bucket's name.
    options: Settings = {"bucket_name": parts.netloc.rpartition("@")[2], "querystring_auth": False}
    if parts.username:
        options |= {"access_key": unquote(parts.username), "secret_key": unquote(parts.password or "")}
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    known = {"region": "region_name", "endpoint": "endpoint_url"}
    if unknown := sorted(set(query) - set(known)):
        raise ValueError(f"has an option nobody reads: {', '.join(unknown)}")
    options |= {known[name]: value for name, value in query.items()}
    return {"BACKEND": "newsroom.bucket_files.BucketStorage", "OPTIONS": options}


def _folder(parts: SplitResult, base: Path) -> Path:
    """Read file:///var/mail as a path from the root and file:var/mail as one from `base`."""
    path = unquote(parts.path)
    if parts.netloc or not path:
        raise ValueError("must be file:///path/from/the/root or file:path/from/the/project")
    return base / path


def _is_near(host: str) -> bool:
    """Tell whether mail to this host stays on this machine or among its containers."""
    return host in ("localhost", "127.0.0.1", "::1") or ("." not in host.strip("[]") and ":" not in host)


def _must_be_installed(module: str) -> None:
    if importlib.util.find_spec(module) is None:
        raise ValueError(
            f"needs the package that provides {module!r}: pip install -r requirements-extras.txt"
        )
