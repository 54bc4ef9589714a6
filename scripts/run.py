"""Run the site and its worker here: migrate, fill it the first time, and say where it is and who signs in."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PORT = os.environ.get("PORT") or "8000"
STAFF = ("contributor", "editor", "second.editor", "manager", "second.manager", "administrator")


def main() -> int:
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    os.environ.update(DEBUG="on", PORT=PORT, DJANGO_SETTINGS_MODULE="newsroom.settings")
    os.environ["DJANGO_RUNSERVER_HIDE_WARNING"] = "true"
    if is_taken(int(PORT)):
        print(f"Port {PORT} is taken. Choose another: PORT=8001 make run")
        return 1
    password = prepare()
    server, worker = start("runserver", f"127.0.0.1:{PORT}"), start("worker")
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop(server))
    while server.poll() is None and not is_taken(int(PORT)):
        time.sleep(0.1)
    if server.poll() is None:
        announce(password)
    server.wait()
    stop(worker)
    worker.wait()
    print()
    return 0


def prepare() -> str | None:
    """Bring the database up to date; give the demo staff's password, or None where the staff is another."""
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    print("Bringing the database up to date")
    call_command("migrate", verbosity=0)
    kept = settings.ENVIRONMENT.var_dir / "demo-password"
    if not get_user_model().objects.exists():
        kept.touch(mode=0o600)
        kept.write_text(os.environ.setdefault("DEMO_PASSWORD", secrets.token_urlsafe(9)))
        call_command("seed_demo")
    return kept.read_text() if kept.exists() else None


def start(*command: str) -> subprocess.Popen[bytes]:
    """In a group of its own: what stops is stopped from here, and not by the terminal as well."""
    return subprocess.Popen([sys.executable, "manage.py", *command], start_new_session=True)


def stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)


def is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def announce(password: str | None) -> None:
    print(f"\n  The site   http://127.0.0.1:{PORT}/\n  The desk   http://127.0.0.1:{PORT}/admin/")
    print("  The mail   is not sent: each is a file in var/mail/\n")
    if password:
        print(f"  Sign in with the password {password} as")
        for name in STAFF:
            print(f"    {name}@newsroom.example")
    print("\n  Stop with Ctrl-C.", flush=True)


if __name__ == "__main__":
    sys.exit(main())
