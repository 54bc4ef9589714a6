"""What deploy/ and the compose files say is so: paths exist, commands are ours, every setting is explained.

Nothing here needs a container engine or systemd; drills/deployment.py runs what they say without either.
"""

import re
import shlex
import socket
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands
from django.urls import resolve

from articles import public_pages

ROOT = Path(__file__).resolve().parent.parent.parent
SETTINGS = (ROOT / "docs" / "settings.md").read_text()
COMPOSED = sorted(ROOT.glob("compose.*.yml"))
UNITS = sorted((ROOT / "deploy" / "systemd").iterdir())
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]

#: Of public pages: of these some depend on what is behind the "?", and some do not.
EXAMPLES = (
    *("/", "/articles/", "/articles/a-story/", "/articles/a-story/history/", "/search/", "/corrections/"),
    *(
        "/feeds/latest.rss",
        "/feeds/latest.json",
        "/sections/health/",
        "/sections/health/feed.rss",
        "/archive/2026/",
    ),
    *("/api/v1/articles/", "/api/v1/articles/a-story/", "/news-sitemap.xml", "/about/"),
)

#: Of other programs, or of what is composed, and none of the newsroom's settings.
OTHERS = {
    *("PATH", "PWD", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE", "MALLOC_ARENA_MAX"),
    *("SITE_HOST", "WEB_ADDRESS", "NEWSROOM_VERSION", "DATABASE_PASSWORD", "STORAGE_KEY", "STORAGE_SECRET"),
    *("POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD", "POSTGRES_INITDB_ARGS"),
}


def name(path: Path) -> str:
    return path.name


def composed(path: Path) -> dict:
    return yaml.safe_load(path.read_text())


def lines(unit: Path) -> list[tuple[str, str]]:
    said = [line for line in unit.read_text().splitlines() if line and line[0] not in "#["]
    return [(key, value) for key, _, value in (line.partition("=") for line in said)]


def words(command: str | list[str]) -> list[str]:
    """The words of a command, those of its shell's own script too."""
    given = shlex.split(command) if isinstance(command, str) else command
    return [part for word in given for part in (shlex.split(word) if " " in word else [word])]


def assert_ours(command: list[str]) -> None:
    for before, word in pairwise(command):
        if before == "manage.py":
            assert word.rstrip(";") in {*get_commands(), "backup"}
        if before == "-m" and word.startswith("deploy."):
            assert (ROOT / f"{word.replace('.', '/')}.py").exists()
    for word in command:
        if word.startswith(("deploy/", "./deploy/")):
            assert (ROOT / word).exists()


class TestTheImage:
    said = (ROOT / "Dockerfile").read_text()

    def test_copies_and_starts_what_is_there(self):
        for copied in re.findall(r"^COPY (?!--)(.+) \S+$", self.said, re.MULTILINE):
            assert all((ROOT / one).exists() for one in copied.split())
        for command in re.findall(r"CMD (\[.+\])$", self.said, re.MULTILINE):
            assert_ours(yaml.safe_load(command))

    def test_leaves_out_all_that_is_not_named(self):
        kept = (ROOT / ".dockerignore").read_text().splitlines()
        assert "*" in kept
        assert all((ROOT / line[1:]).exists() for line in kept if line.startswith("!"))

    def test_does_not_run_as_root_and_takes_only_what_is_pinned(self):
        assert "USER 10001:10001" in self.said
        assert "--require-hashes" in self.said


@pytest.mark.parametrize("path", COMPOSED, ids=name)
class TestComposed:
    def test_starts_what_is_there(self, path):
        for service in composed(path)["services"].values():
            if "build" in service:
                assert_ours(words(service.get("command", [])))

    def test_mounts_what_is_there(self, path):
        whole = composed(path)
        for service in whole["services"].values():
            for source in (volume.split(":")[0] for volume in service.get("volumes", [])):
                assert source in whole["volumes"] or (ROOT / source).exists()

    def test_waits_for_services_that_it_has(self, path):
        services = composed(path)["services"]
        assert {wanted for service in services.values() for wanted in service.get("depends_on", ())} <= set(
            services
        )

    def test_gives_the_newsroom_no_rights_and_nowhere_else_to_write(self, path):
        for service in composed(path)["services"].values():
            if "build" in service:
                assert service["read_only"]
                assert service["cap_drop"] == ["ALL"]

    def test_publishes_the_proxy_alone(self, path):
        services = composed(path)["services"]
        assert [title for title, service in services.items() if "ports" in service] == ["proxy"]


@pytest.mark.parametrize("unit", UNITS, ids=name)
class TestAUnit:
    def test_starts_what_is_there(self, unit):
        for key, value in lines(unit):
            if key == "ExecStart":
                assert_ours(value.split())


def test_each_service_is_hardened_alike():
    hardened = [
        service.read_text().split("# The hardening", 1)[1].split("[Install]")[0].strip()
        for service in SERVICES
    ]
    assert len(set(hardened)) == 1


def test_nginx_is_led_to_no_folder_that_nobody_makes():
    """It makes the last folder of a cache itself; of all others it has those that come with it in Debian."""
    said = (ROOT / "deploy" / "nginx.conf").read_text()
    folders = re.findall(r"^\s*(?:alias|root) (\S+);", said, re.MULTILINE)
    caches = re.findall(r"^proxy_cache_path (\S+)/\S+ ", said, re.MULTILINE)
    assert {*folders, *caches} <= {"/var/www/html", "/var/cache"}


def test_each_variable_is_explained():
    files = [
        ROOT / "Dockerfile",
        *COMPOSED,
        *UNITS,
        *(ROOT / "deploy").glob("*.example"),
        ROOT / "deploy" / "Caddyfile",
    ]
    for path in files:
        text = path.read_text()
        named = set(re.findall(r"^\s*#?([A-Z][A-Z_]+)=", text, re.MULTILINE))
        named |= set(re.findall(r"^\s+([A-Z][A-Z_]+): ", text, re.MULTILINE))
        named |= set(re.findall(r"\$\{?\$?([A-Z][A-Z_]+)\b", text)) - {"PYTHON", "MAINPID"}
        unknown = {one for one in named - OTHERS if f"`{one}`" not in SETTINGS}
        assert not unknown, f"{path.name}: {unknown}"


@pytest.mark.parametrize("path", [ROOT / "Dockerfile", *SERVICES[-2:]], ids=name)
def test_what_runs_for_long_shares_memory_that_its_threads_gave_back(path):
    assert "MALLOC_ARENA_MAX=2" in path.read_text()


def test_nginx_leaves_out_of_its_key_only_what_changes_nothing():
    (expression,) = re.findall(r'"~(\^/\(articles.+\$)" \$uri;', (ROOT / "deploy" / "nginx.conf").read_text())
    alike = [path for path in EXAMPLES if re.fullmatch(expression.strip("^$"), path)]
    assert {"/", "/articles/a-story/", "/feeds/latest.rss"} <= set(alike)
    for path in alike:
        assert public_pages.of(resolve(path).func).parameters == frozenset()


def test_what_monitors_ask_gets_through_nginx_and_is_not_kept():
    said = (ROOT / "deploy" / "nginx.conf").read_text()
    (block,) = re.findall(r"location ~ \^/\(healthz\|readyz\|metrics\)\$ \{(.+?)\}", said, re.DOTALL)
    assert {"proxy_pass http://newsroom;", "proxy_cache off;"} <= {
        line.strip() for line in block.splitlines()
    }


@pytest.mark.parametrize("kind", ["port", "socket"])
def test_the_health_check_finds_the_web_server(kind, tmp_path):
    """Wherever BIND has it listen; and says so when it is gone."""
    server = socket.socket(socket.AF_UNIX if kind == "socket" else socket.AF_INET)
    server.bind(str(tmp_path / "web") if kind == "socket" else ("127.0.0.1", 0))
    bind = f"unix:{tmp_path}/web" if kind == "socket" else f"127.0.0.1:{server.getsockname()[1]}"
    server.listen()
    command = [sys.executable, str(ROOT / "deploy" / "healthcheck.py")]
    environ = {"BIND": bind, "SITE_URL": "https://news.example.org"}
    with server, subprocess.Popen(command, env=environ) as check:
        connection, _ = server.accept()
        with connection:
            asked = connection.recv(1000)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        assert check.wait(10) == 0
    assert asked.startswith(b"GET /healthz ")
    assert b"Host: news.example.org\r\n" in asked
    assert subprocess.run(command, env=environ, check=False).returncode == 1


def test_each_alarm_has_an_answer():
    alarms = re.findall(r"alert: (\w+)", (ROOT / "deploy" / "alerts.yml").read_text())
    answers = re.findall(
        r"^\| ([A-Z]\w+(?:, [A-Z]\w+)*) \|", (ROOT / "docs" / "operations.md").read_text(), re.MULTILINE
    )
    assert sorted(alarms) == sorted(name for row in answers for name in row.split(", "))
