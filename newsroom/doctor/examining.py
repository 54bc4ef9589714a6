"""Which checks there are, in the order in which they are told, and how one that fails itself is told of."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from django.db import Error as DatabaseFault

from newsroom.doctor import code, database, files, mail, services
from newsroom.doctor.findings import Finding, fault

type Check = Callable[[], Iterable[Finding]]

CHECKS: dict[str, Check] = {
    "settings": code.deployment,
    "static": code.static_files,
    "database": database.answers,
    "migrations": database.migrations,
    "guards": database.guards,
    "set-up": database.set_up,
    "clock": database.clocks,
    "storage": files.storage,
    "room": files.room,
    "secrets": files.secret_files,
    "cache": services.cached,
    "mail": mail.server,
    "mail names": mail.names,
    "worker": services.worker,
    "backups": services.backups,
}

#: Asked for by name: it needs the site to be up.
ON_REQUEST: dict[str, Check] = {"site": services.site}


def examine(checks: dict[str, Check]) -> Iterator[Finding]:
    """One check that fails says so itself, and the others go on."""
    for name, check in checks.items():
        try:
            for finding in check():
                yield replace(finding, check=name)
        except DatabaseFault as problem:
            told = fault(
                f"the database does not answer: {str(problem).strip()}",
                "See DATABASE_URL, and whether it runs.",
            )
            yield replace(told, check=name)
