"""Says whether this process lives, and whether it is ready to serve: for whatever restarts it or sends it requests.

Neither answer tells anything that an outsider could use; what is wrong stands in the log.
"""

from threading import Lock, Thread
from time import monotonic
from typing import Final

import structlog
from django.db import DEFAULT_DB_ALIAS, connections
from django.db import Error as DatabaseFault
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.integrity.triggers import faults

log = structlog.get_logger(__name__)

_NEVER_KEPT = {"Cache-Control": "no-store"}

#: Seconds. Whoever asks gives up in the end too, and would then not know why.
PATIENCE: Final = 2.0
#: Seconds for which an answer is good: this address is open to all, and must not be a way to keep the database busy.
FRESH: Final = 1.0

_asking = Lock()
_last = (float("-inf"), "")

#: A process whose code and database once agreed goes on agreeing; asking again costs more than a page does.
_migrated = False


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. It asks no database: restarting the process would not mend one."""
    return _plain("alive")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, has every migration and guards the record; else 503."""
    if wrong := wrong_within(PATIENCE):
        log.error("not ready", wrong=wrong)
        return _plain("not ready", status=503)
    return _plain("ready")


def wrong_within(seconds: float) -> str:
    """What is wrong, of a database that may hang: asked from a thread of its own, one at a time and once a second."""
    if not _asking.acquire(timeout=seconds):
        return "the database has not answered the last question yet"
    at, wrong = _last
    if monotonic() - at < FRESH:
        _asking.release()
        return wrong
    told: list[str] = []
    thread = Thread(target=_ask, args=(told,), daemon=True)
    thread.start()
    thread.join(seconds)
    return told[0] if told else f"the database does not answer within {seconds:g} s"


def _ask(told: list[str]) -> None:
    global _last  # noqa: PLW0603
    try:
        told.append(what_is_wrong())
        _last = (monotonic(), told[0])
    finally:
        connections.close_all()
        _asking.release()


def what_is_wrong() -> str:
    """In words for the log; empty when nothing is."""
    try:
        if missing := _missing_migrations():
            return f"{missing} migrations are not applied: run manage.py migrate"
        if unguarded := faults(connections[DEFAULT_DB_ALIAS]):
            return f"database guards are missing or changed: {', '.join(unguarded)}"
    except DatabaseFault as fault:
        return f"the database does not answer: {str(fault).strip()}"
    return ""


def _missing_migrations() -> int:
    global _migrated  # noqa: PLW0603  (once true, it stays so)
    if _migrated:
        return 0
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    _migrated = missing == 0
    return missing


def _plain(words: str, *, status: int = 200) -> HttpResponse:
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain", headers=_NEVER_KEPT)
