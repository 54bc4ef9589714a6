"""Drill: what the Dockerfile and compose.sqlite.yml say is done, without a container engine, in a fresh folder.

The files that .dockerignore lets in, packages by hash into an environment of their own, all of it read-only; then the
commands of each service, without any right of root, with newsroom.env.example filled in. Passes when all of them work,
the health check says so while the web server answers and not when it is gone, the site serves a page with its style
sheet, and nothing was written but below VAR_DIR. `python -m drills.deployment`
"""

import http.client
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from benchmarks._site import ROOT, free_port
from drills._verdict import verdict

HOST = "news.example.org"
#: Keeps root's name, as this folder may be root's, but none of its powers: file permissions hold.
POWERLESS = ["setpriv", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all", "--ambient-caps=-all"]


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        wrong = list(deployed(Path(folder)))
        subprocess.run(["chmod", "-R", "u+w", folder], check=True)
    for fault in wrong:
        print(f"   - {fault}")
    return verdict(not wrong, f"{len(wrong)} faults in what the image and compose files say")


def deployed(folder: Path) -> Iterator[str]:
    """Deploy as the files say; say what went wrong."""
    image, var = folder / "srv", folder / "var"
    image.mkdir()
    (var / "tmp").mkdir(parents=True)
    _copied(image)
    _packaged(image)
    subprocess.run(["chmod", "-R", "a-w", str(image)], check=True)
    services = yaml.safe_load((ROOT / "compose.sqlite.yml").read_text())["services"]
    environ = _environ(image, var)
    for title in ("prepare", "check", "worker", "backup"):
        command = _COMMANDS.get(title) or services[title]["command"]
        yield from _done(title, command, image, environ)
    yield from _serves(image, environ)


#: In place of those that never end, and what an operator does first.
_COMMANDS = {
    "check": ["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
    "worker": ["python", "manage.py", "worker", "--once"],
    "backup": ["python", "manage.py", "backup"],
}


def _copied(image: Path) -> None:
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        if line.startswith("!"):
            source = ROOT / line[1:]
            leave = shutil.ignore_patterns("__pycache__", "*.py[co]", "*.env")
            if source.is_dir():
                shutil.copytree(source, image / source.name, ignore=leave)
            else:
                shutil.copy(source, image)


def _packaged(image: Path) -> None:
    uv, venv = str(ROOT / ".tools" / "bin" / "uv"), image / ".venv"
    subprocess.run([uv, "venv", "-q", "--python", sys.executable, str(venv)], check=True)
    wanted = [str(image / name) for name in ("requirements.txt", "requirements-extras.txt")]
    install = [uv, "pip", "sync", "-q", "--require-hashes", "--python", str(venv / "bin" / "python"), *wanted]
    subprocess.run(install, check=True)


def _environ(image: Path, var: Path) -> dict[str, str]:
    """newsroom.env.example with what it leaves open, and what the image sets."""
    lines = (ROOT / "deploy" / "newsroom.env.example").read_text().splitlines()
    said = dict(line.split("=", 1) for line in lines if re.match(r"[A-Z]", line))
    said |= {name: secrets.token_urlsafe(48) for name in ("SECRET_KEY", "ADDRESS_KEY")}
    return said | {
        "PATH": f"{image}/.venv/bin:{os.environ['PATH']}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "VAR_DIR": str(var),
        "TMPDIR": str(var / "tmp"),
        "BIND": f"127.0.0.1:{free_port()}",
        "WEB_PROCESSES": "2",
        "DATABASE_URL": f"sqlite:///{var}/newsroom.sqlite3",
    }


def _done(title: str, command: list[str], image: Path, environ: dict[str, str]) -> Iterator[str]:
    began = time.monotonic()
    done = subprocess.run(
        [*POWERLESS, *command], cwd=image, env=environ, check=False, capture_output=True, text=True
    )
    print(f"   {title}: {time.monotonic() - began:.0f} s, ended with {done.returncode}", flush=True)
    if done.returncode:
        yield f"{title}: {(done.stderr or done.stdout).strip().splitlines()[-1]}"


def _serves(image: Path, environ: dict[str, str]) -> Iterator[str]:
    said = re.findall(r"CMD (\[.+\])$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    health, command = map(yaml.safe_load, said)
    with (Path(environ["VAR_DIR"]) / "web.log").open("w") as log:
        web = subprocess.Popen([*POWERLESS, *command], cwd=image, env=environ, stdout=log, stderr=log)
        healthy: Any = lambda: subprocess.run(health, cwd=image, env=environ, check=False).returncode == 0  # noqa: E731
        try:
            until = time.monotonic() + 60
            while not healthy() and time.monotonic() < until and web.poll() is None:
                time.sleep(0.2)
            if not healthy():
                yield "the health check does not find the web server"
                return
            yield from _pages(int(environ["BIND"].rpartition(":")[2]))
        finally:
            web.terminate()
            web.wait(timeout=60)
    if healthy():
        yield "the health check finds a web server that is gone"


def _pages(port: int) -> Iterator[str]:
    status, page = _asked(port, "/articles/")
    sheet = re.search(r'href="(/static/[^"]+\.css)"', page)
    found = _asked(port, sheet[1])[0] if sheet else 0
    print(f"   web: healthy; /articles/ {status}, its style sheet {found}")
    if (status, found) != (200, 200):
        yield "a page or its style sheet is not served"


def _asked(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Host": HOST, "X-Forwarded-Proto": "https"})
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


if __name__ == "__main__":
    sys.exit(main())
