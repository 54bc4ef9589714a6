"""The settings as Django judges them, and the static files that pages ask for."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core import checks

from newsroom.doctor.findings import Finding, fault, ok, warning


def deployment() -> Iterator[Finding]:
    found = [one for one in checks.run_checks(include_deployment_checks=True) if not one.is_silenced()]
    if not found:
        yield ok("check --deploy finds nothing")
    for one in found:
        make = fault if one.is_serious() else warning
        yield make(f"{one.msg} ({one.id})", str(one.hint or "See `manage.py check --deploy`."))


def static_files() -> Iterator[Finding]:
    """That they were collected, and after the last change: a page whose style is not in the list is an error."""
    if settings.DEBUG:
        yield ok("taken from where they are (DEBUG)")
        return
    collect = "Run `manage.py collectstatic`, then start the web server again."
    listed = getattr(staticfiles_storage, "hashed_files", {})
    if not listed:
        yield fault(f"nothing is collected in {settings.STATIC_ROOT}", collect)
        return
    own = {
        str(path.relative_to(root)) for root in map(Path, settings.STATICFILES_DIRS) for path in _files(root)
    }
    if missing := sorted(own - listed.keys()):
        yield fault(f"{len(missing)} are not collected, such as {missing[0]}", collect)
        return
    yield ok(f"{len(listed)} collected")


def _files(root: Path) -> Iterator[Path]:
    return (path for path in root.rglob("*") if path.is_file() and not path.name.startswith("."))
