"""Says whether this process lives, and whether it is ready to serve: for whatever restarts it or sends it requests.

Neither answer tells anything that an outsider could use; what is wrong stands in the log.
"""

import structlog
from django.db import DEFAULT_DB_ALIAS, connections
from django.db import Error as DatabaseFault
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.integrity.triggers import faults

log = structlog.get_logger(__name__)

_NEVER_KEPT = {"Cache-Control": "no-store"}

#: A process whose code and database once agreed goes on agreeing; asking again costs more than a page does.
_migrated = False


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. It asks no database: restarting the process would not mend one."""
    return _plain("alive")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, has every migration and guards the record; else 503."""
    if wrong := what_is_wrong():
        log.error("not ready", wrong=wrong)
        return _plain("not ready", status=503)
    return _plain("ready")


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
