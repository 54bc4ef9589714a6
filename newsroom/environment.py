"""Knows every variable the newsroom reads from its environment, and which of them are safe for the public.

`read()` gives one typed, frozen Environment, or stops with a list of everything that is wrong at once.
docs/settings.md explains the variables to whoever runs the site.
"""

import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host

from newsroom import locations
from newsroom.purging.styles import KINDS

BASE_DIR = Path(__file__).resolve().parent.parent
OWN_MACHINE = ("localhost", "127.0.0.1", "::1", "testserver")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


@dataclass(frozen=True, kw_only=True)
class Environment:
    debug: bool
    secret_key: str
    secret_key_fallbacks: list[str]
    address_key: str
    allowed_hosts: list[str]
    site_url: str
    site_name: str
    time_zone: str
    var_dir: Path
    database: locations.Settings
    cache: locations.Settings
    mailer: locations.Settings
    storage: locations.Settings
    mail_from: str
    mail_connections: int
    mail_rate: int
    mail_rate_per_domain: int
    mail_uncertain: str
    mail_accepted_url: str
    alerts_open: bool
    mail_webhook_secret: str
    require_second_factor: bool
    trust_forwarded_proto: bool
    hsts_seconds: int
    hsts_subdomains: bool
    log_level: str
    access_log: bool
    worker_poll_seconds: int
    page_cache_mb: int
    purge_url: str
    purge_style: str
    purge_token: str
    metrics_token: str
    security_contact: list[str]
    backup_dir: Path
    backup_keep: tuple[int, int, int]
    backup_max_age_hours: int
    test_database_suffix: str

    @property
    def https(self) -> bool:
        return self.site_url.startswith("https://")


def read(environ: Mapping[str, str] = os.environ) -> Environment:
    """Read the environment; raise ImproperlyConfigured with one line for each thing that is wrong."""
    reader = Reader(environ)
    debug = reader.read("DEBUG", flag, "off")
    needed = None  # has no default where the public reads
    var_dir = reader.read("VAR_DIR", BASE_DIR.joinpath, "var")
    site_url = reader.read(
        "SITE_URL", web_address, f"http://127.0.0.1:{environ.get('PORT') or 8000}" if debug else needed
    )
    host = urlsplit(site_url).hostname if site_url else None
    mail_connections = reader.read("MAIL_CONNECTIONS", connections, "4")
    threads = reader.read("WEB_THREADS", threads_of_one, "8")
    pool = reader.read(
        "DATABASE_POOL", whole_number, "0" if debug else str(_enough(threads, mail_connections))
    )
    found = Environment(
        debug=debug,
        secret_key=reader.read("SECRET_KEY", str, "" if debug else needed),
        secret_key_fallbacks=reader.read("SECRET_KEY_FALLBACKS", listing, ""),
        address_key=reader.read("ADDRESS_KEY", str, ""),
        allowed_hosts=reader.read("ALLOWED_HOSTS", hosts, "localhost,127.0.0.1,[::1]" if debug else needed),
        site_url=site_url,
        site_name=reader.read("SITE_NAME", str, "The Civic Wire"),
        time_zone=reader.read("TIME_ZONE", time_zone, "Europe/London"),
        var_dir=var_dir,
        database=reader.read(
            "DATABASE_URL",
            partial(locations.database, base=BASE_DIR, pool=pool),
            f"sqlite:///{var_dir}/newsroom.sqlite3",
        ),
        cache=reader.read("CACHE_URL", locations.cache, "memory:"),
        mailer=reader.read(
            "EMAIL_URL",
            partial(locations.mailer, base=BASE_DIR),
            f"file:{var_dir}/mail" if debug else needed,
        ),
        storage=reader.read(
            "STORAGE_URL", partial(locations.storage, base=BASE_DIR), f"file:{var_dir}/media"
        ),
        mail_from=reader.read("EMAIL_FROM", str, f"newsroom@{host or 'localhost'}"),
        mail_connections=mail_connections,
        mail_rate=reader.read("MAIL_RATE", whole_number, "0"),
        mail_rate_per_domain=reader.read("MAIL_RATE_PER_DOMAIN", whole_number, "0"),
        mail_uncertain=reader.read("MAIL_UNCERTAIN", uncertain_mail, "resend"),
        mail_accepted_url=reader.read("MAIL_ACCEPTED_URL", accepted_url, ""),
        alerts_open=reader.read("ALERTS_OPEN", flag, "on"),
        mail_webhook_secret=reader.read("MAIL_WEBHOOK_SECRET", token, ""),
        require_second_factor=reader.read("REQUIRE_SECOND_FACTOR", flag, "off" if debug else "on"),
        trust_forwarded_proto=reader.read("TRUST_FORWARDED_PROTO", flag, "off"),
        hsts_seconds=reader.read("HSTS_SECONDS", whole_number, "31536000"),
        hsts_subdomains=reader.read("HSTS_SUBDOMAINS", flag, "on"),
        log_level=reader.read("LOG_LEVEL", log_level, "INFO"),
        access_log=reader.read("ACCESS_LOG", flag, "off" if debug else "on"),
        page_cache_mb=reader.read("PAGE_CACHE_MB", whole_number, "64"),
        purge_url=reader.read("PURGE_URL", purge_url, ""),
        purge_style=reader.read("PURGE_STYLE", purge_style, "varnish"),
        purge_token=reader.read("PURGE_TOKEN", token, ""),
        worker_poll_seconds=reader.read("WORKER_POLL_SECONDS", seconds, "1"),
        metrics_token=reader.read("METRICS_TOKEN", token, ""),
        security_contact=reader.read("SECURITY_CONTACT", contacts, ""),
        backup_dir=reader.read("BACKUP_DIR", BASE_DIR.joinpath, f"{var_dir}/backups"),
        backup_keep=reader.read("BACKUP_KEEP", backups_kept, "7,4,12"),
        backup_max_age_hours=reader.read("BACKUP_MAX_AGE_HOURS", whole_number, "0" if debug else "26"),
        test_database_suffix=reader.read("PYTEST_DB_SUFFIX", str, ""),
    )
    if problems := reader.problems or list(_unsafe(found)):
        raise ImproperlyConfigured("The newsroom cannot start:\n" + "\n".join(f"  - {p}" for p in problems))
    return found


class Reader:
    """Reads variables one by one and collects what is wrong with them; an empty one counts as unset."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.problems: list[str] = []

    def read[T](self, name: str, parse: Callable[[str], T], default: str | None) -> T:
        """Give the parsed value, or None in its place and one more problem, so look at `problems` first."""
        text = self.environ.get(name, "").strip()
        if not text and default is None:
            self.problems.append(f"{name} is not set")
            return None  # type: ignore[return-value]
        try:
            return parse(text or default or "")
        except ValueError as problem:
            self.problems.append(f"{name} {problem}")
            return None  # type: ignore[return-value]


def flag(text: str) -> bool:
    words = {
        "1": True,
        "on": True,
        "true": True,
        "yes": True,
        "0": False,
        "off": False,
        "false": False,
        "no": False,
    }
    if text.casefold() not in words:
        raise ValueError("must be on or off")
    return words[text.casefold()]


def whole_number(text: str) -> int:
    if not text.isdecimal():
        raise ValueError("must be a whole number, 0 or more")
    return int(text)


def seconds(text: str) -> int:
    if not 1 <= (number := whole_number(text)) <= 60:
        raise ValueError("must be from 1 to 60 seconds")
    return number


def threads_of_one(text: str) -> int:
    if not 1 <= (number := whole_number(text)) <= 64:
        raise ValueError("must be from 1 to 64")
    return number


def token(text: str) -> str:
    if text and (len(text) < 16 or not text.isascii() or not text.isprintable() or " " in text):
        raise ValueError("must be at least 16 plain characters without a space, as a secret")
    return text


def connections(text: str) -> int:
    if not 1 <= (number := whole_number(text)) <= 20:
        raise ValueError("must be from 1 to 20")
    return number


def uncertain_mail(text: str) -> str:
    if text not in ("resend", "hold"):
        raise ValueError("must be resend or hold")
    return text


def accepted_url(text: str) -> str:
    if not text:
        return text
    parts = locations.split(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or "{message_id}" not in text:
        raise ValueError("must be a web address with {message_id} in it")
    return text


def purge_url(text: str) -> str:
    if not text:
        return text
    parts = locations.split(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or not text.isascii():
        raise ValueError("must be a web address, such as https://api.fastly.com/service/ID/purge")
    if parts.username or parts.fragment:
        raise ValueError("must be an address alone: what it is kept by goes into PURGE_TOKEN")
    return text


def purge_style(text: str) -> str:
    if text not in KINDS:
        raise ValueError(f"must be one of {', '.join(KINDS)}")
    return text


def backups_kept(text: str) -> tuple[int, int, int]:
    """Days, weeks and months of which one backup each is kept."""
    numbers = listing(text)
    if len(numbers) != 3 or not all(number.isdecimal() for number in numbers):
        raise ValueError("must be three whole numbers: days, weeks and months, such as 7,4,12")
    return int(numbers[0]), int(numbers[1]), int(numbers[2])


def listing(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def contacts(text: str) -> list[str]:
    """Accept what RFC 9116, 2.5.3 allows of a security contact, but for telephone numbers."""
    found = listing(text)
    for address in found:
        parts = urlsplit(address)
        is_mail = parts.scheme == "mailto" and "@" in parts.path
        is_page = parts.scheme == "https" and bool(parts.hostname)
        if not (is_mail or is_page) or not address.isascii() or not address.isprintable() or " " in address:
            raise ValueError("must be mailto:security@example.org or an https address, with commas between")
    return found


def hosts(text: str) -> list[str]:
    if not (found := listing(text)):
        raise ValueError("names no host: write them with commas between")
    return found


def web_address(text: str) -> str:
    """Accept the site's root only, and give it without a slash at its end."""
    parts = locations.split(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be a web address such as https://news.example.org")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("must be the root of the site, with no path behind the host")
    return f"{parts.scheme}://{parts.netloc}"


def time_zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError) as problem:
        raise ValueError("must be the name of a time zone such as Europe/London") from problem
    return text


def log_level(text: str) -> str:
    if text.upper() not in LOG_LEVELS:
        raise ValueError(f"must be one of {', '.join(LOG_LEVELS)}")
    return text.upper()


def own_secret_key(var_dir: Path) -> str:
    """Make a key for this working copy once, so that sign-ins outlive a restart. Never for the public."""
    path = var_dir / "secret-key"
    var_dir.mkdir(parents=True, exist_ok=True)
    try:
        with open(path, "x", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text()


def _enough(threads: int | None, mail_connections: int | None) -> int:
    """Connections that nobody waits for: one a thread of the web server; a worker's mails, and what else it does."""
    return max(threads or 0, (mail_connections or 0) + 2)


def _unsafe(found: Environment) -> list[str]:
    """Say what must not face the public like this."""
    host = urlsplit(found.site_url).hostname or ""
    if found.debug:
        public = sorted({host, *found.allowed_hosts} - {*OWN_MACHINE, "[::1]"})
        return [f"DEBUG is on for {name}: it shows visitors the inside of the site" for name in public]
    problems = []
    if not found.https and host not in OWN_MACHINE:
        problems.append("SITE_URL must begin with https://")
    if not _is_strong(found.secret_key):
        problems.append(
            "SECRET_KEY could be guessed; make one: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    if "*" in found.allowed_hosts:
        problems.append("ALLOWED_HOSTS must name the hosts, not *")
    if not validate_host(host, found.allowed_hosts):
        problems.append(f"ALLOWED_HOSTS must name {host}, the host of SITE_URL: every link leads there")
    return [*problems, *_forgetful(found)]


def _forgetful(found: Environment) -> Iterator[str]:
    """What is for tests: it forgets, and says nothing."""
    if "locmem" in found.mailer["BACKEND"]:
        yield "EMAIL_URL must not be memory: no mail would be sent"
    if "memory" in found.storage["BACKEND"]:
        yield "STORAGE_URL must not be memory: pictures would be gone with the process"
    if "dummy" in found.cache["BACKEND"]:
        yield "CACHE_URL must not be dummy: every page would be made anew for every reader"


def _is_strong(key: str) -> bool:
    return len(key) >= 50 and len(set(key)) >= 12 and "insecure" not in key.casefold()
