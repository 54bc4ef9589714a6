"""Django's PostgreSQL backend, except that nobody queues for a server that is away.

While it is, each request would wait for a connection until the pool gives up, and threads that wait serve no page from
the cache either. So once a connection could not be had, one thread at a time tries; all others are refused at once,
until it succeeds. And where one connection turns out to be broken, those that wait in the pool are looked at: they were
lost with it, and would each cost somebody a page.
"""

from threading import Lock
from typing import Any

from django.db import OperationalError
from django.db.backends.postgresql import base

_trying = Lock()
_is_away = False


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        if not _is_away:
            return self._tried(conn_params)
        if not _trying.acquire(blocking=False):
            raise OperationalError("The database was away a moment ago, and somebody is trying it already.")
        try:
            return self._tried(conn_params)
        finally:
            _trying.release()

    def _tried(self, conn_params: dict[str, Any]) -> Any:
        global _is_away  # noqa: PLW0603  (of the whole process)
        try:
            connection = super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            _is_away = True
            raise
        _is_away = False
        return connection

    def _close(self) -> None:
        was_lost = self.connection is not None and self.connection.broken
        super()._close()  # type: ignore[misc]
        if was_lost and self.pool:
            self.pool.check()
