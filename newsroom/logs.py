"""Knows how the newsroom logs: one line of JSON an event in production, plain words while developing."""

import re
from typing import Any

import structlog
from django.core.exceptions import SuspiciousOperation

from articles.outages import is_outage

#: The secret half of a preview link, and of those in mails to readers and to staff.
_TOKEN = re.compile(
    r"(/preview/|/alerts/(?:confirm|manage|unsubscribe)/|/accounts/(?:invitation|password/reset/key)/)[\w:.-]{20,}"
)


def without_tokens(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Leave out of every line what would let whoever reads the log open a preview, or change somebody's alerts."""
    said = event.get("event")
    return event | {"event": masked(said)} if isinstance(said, str) else event


#: Up to the next part of what PostgreSQL says, or to where a traceback goes on.
_ROW = re.compile(r"\nDETAIL: .*?(?=\n[A-Z]+: |\n\n|\Z)", re.DOTALL)


def without_rows(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Leave out which row of the database a fault was about: it may be a reader's address, or a draft."""
    return {name: _ROW.sub("", said) if isinstance(said, str) else said for name, said in event.items()}


def masked(said: str) -> str:
    """The same without those secrets."""
    return _TOKEN.sub(r"\1…", said)


def shortly(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Say in a line that the database is away, or that a scanner asks for another host.

    Where the code was then tells nothing, a hundred times a second.
    """
    told = event.get("exc_info")
    fault = told[1] if isinstance(told, tuple) else told
    if not (
        isinstance(fault, SuspiciousOperation) or (isinstance(fault, BaseException) and is_outage(fault))
    ):
        return event
    return {name: value for name, value in event.items() if name != "exc_info"} | {
        "fault": str(fault).strip()
    }


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.ExtraAdder(allow=("status_code",)),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    without_tokens,
    shortly,
]


def configure(*, level: str, plain: bool) -> dict[str, Any]:
    """Set structlog up and give Django's LOGGING, so that both end in the same stream."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    ending: list[Any] = (
        [structlog.dev.ConsoleRenderer(colors=False)]
        if plain
        else [structlog.processors.format_exc_info, without_rows, structlog.processors.JSONRenderer()]
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *ending],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        # Django's own handlers would print everything twice, and mail errors to nobody.
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": level, "propagate": True},
            # While the database is away its pool would tell of each attempt, many times a second.
            "psycopg": {"level": "ERROR"},
        },
    }
