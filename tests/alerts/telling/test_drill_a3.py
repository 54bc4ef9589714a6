"""Drill A3, small: a worker is killed for real while it works out who is told, and another goes on."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.production.serving import ROOT, environ, scratch_database

pytestmark = pytest.mark.slow

#: Before the notice is committed; before the first recipients are; after all of them were.
POINTS = (1, 2, 3)
READERS = 40


def test_whoever_followed_at_publication_is_told_and_nobody_else(tmp_path: Path) -> None:
    with scratch_database(tmp_path) as url:
        # A public newsroom refuses to start with DEBUG.
        near = {"SITE_URL": "http://127.0.0.1", "ALLOWED_HOSTS": "127.0.0.1"}
        settings = environ(tmp_path, DATABASE_URL=url, DJANGO_SETTINGS_MODULE="newsroom.settings", **near)
        run(settings, "hire", str(READERS))
        for point in POINTS:
            killed = {**settings, "DEBUG": "on", "NEWSROOM_FAILPOINT": f"fan_out:{point}"}
            assert run(killed, "work").returncode == -signal.SIGKILL
            assert "recipients, nothing wrong" in run(settings, "end", str(point)).stdout


def test_a_public_newsroom_does_not_start_with_a_failpoint(tmp_path: Path) -> None:
    settings = environ(
        tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/n.sqlite3", NEWSROOM_FAILPOINT="fan_out:1"
    )
    command = [sys.executable, "manage.py", "check"]
    said = subprocess.run(command, cwd=ROOT, env=settings, check=False, capture_output=True, text=True)
    assert said.returncode and "NEWSROOM_FAILPOINT is for drills" in said.stderr


def run(settings: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "drills._fan_out", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=settings, check=False, stdout=subprocess.PIPE, text=True)
    assert done.returncode in {0, -signal.SIGKILL}
    return done
