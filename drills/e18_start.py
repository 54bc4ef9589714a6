"""Drill E18: the newsroom is started for the public with one thing wrong at a time, in each way it is started.

Passes when each refuses, ends at once, and names the variable; when with nothing wrong `check --deploy` has no finding;
and when a new database holds no account at all. `python -m drills.e18_start`
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks._site import ROOT
from drills._verdict import verdict
from tests.production.serving import environ, free_port

WRONG = {
    "DEBUG": ("on", "DEBUG is on"),
    "SECRET_KEY": ("", "SECRET_KEY is not set"),
    "SECRET_KEY, an example's": ("django-insecure-" + "k" * 50, "SECRET_KEY could be guessed"),
    "SECRET_KEY, a short one": ("changeme", "SECRET_KEY could be guessed"),
    "ALLOWED_HOSTS": ("", "ALLOWED_HOSTS is not set"),
    "ALLOWED_HOSTS, all": ("*", "ALLOWED_HOSTS must name the hosts"),
    "ALLOWED_HOSTS, another": ("other.example.org", "ALLOWED_HOSTS must name news.example.org"),
    "SITE_URL": ("", "SITE_URL is not set"),
    "SITE_URL, without TLS": ("http://news.example.org", "SITE_URL must begin with https://"),
    "EMAIL_URL": ("", "EMAIL_URL is not set"),
    "EMAIL_URL, that forgets": ("memory:", "EMAIL_URL must not be memory"),
    "EMAIL_URL, in the clear": ("smtp://mail.example.org", "EMAIL_URL would send mail in the clear"),
    "STORAGE_URL, that forgets": ("memory:", "STORAGE_URL must not be memory"),
    "CACHE_URL, that counts nothing": ("dummy:", "CACHE_URL must not be dummy"),
    "METRICS_TOKEN, a short one": ("secret", "METRICS_TOKEN must be at least 16"),
    "DATABASE_URL, of another kind": ("mysql://db.example.org/news", "DATABASE_URL must begin with"),
}
STARTS = {
    "web server": [
        str(Path(sys.executable).with_name("gunicorn")),
        "-c",
        "deploy/gunicorn.conf.py",
        "newsroom.wsgi",
    ],
    "worker": [sys.executable, "manage.py", "worker", "--once"],
    "manage.py": [sys.executable, "manage.py", "check"],
}
#: Seconds after which something runs that should have refused; an empty database is made in that, too.
LONGEST = 600
ACCOUNTS = "import django; django.setup(); from accounts.models import User; print(User.objects.count())"


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        found = [*_started(Path(folder)), *_right(Path(folder))]
    for fault in found:
        print(f"   - {fault}")
    figure = (
        f"{len(WRONG)} settings refused {len(STARTS)} ways each, no account"
        if not found
        else f"{len(found)} faults"
    )
    return verdict(not found, figure)


def _started(folder: Path) -> Iterator[str]:
    for case, (value, sentence) in WRONG.items():
        settings = environ(folder, PORT=str(free_port())) | {case.partition(",")[0]: value}
        for title, command in STARTS.items():
            try:
                done = _run(command, settings)
            except subprocess.TimeoutExpired:
                yield f"{case}: the {title} runs"
                continue
            if done.returncode == 0 or sentence not in done.stdout:
                yield f"{case}: the {title} ended with {done.returncode}, saying {done.stdout[-200:]!r}"
        print(f"   {case}: {sentence}", flush=True)


def _right(folder: Path) -> Iterator[str]:
    settings = environ(
        folder, EMAIL_URL="smtp+tls://mail.example.org", DJANGO_SETTINGS_MODULE="newsroom.settings"
    )
    checked = _run([sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], settings)
    if checked.returncode:
        yield f"check --deploy: {checked.stdout}"
    _run([sys.executable, "manage.py", "migrate", "--verbosity=0"], settings)
    accounts = _run([sys.executable, "-c", ACCOUNTS], settings).stdout.split()[-1]
    print(
        f"   nothing wrong: check --deploy ended with {checked.returncode}; {accounts} accounts in a new database"
    )
    if accounts != "0":
        yield f"a new database holds {accounts} accounts"


def _run(command: list[str], settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=ROOT, env=settings, check=False, timeout=LONGEST,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
