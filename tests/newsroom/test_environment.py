"""The environment is read whole or refused with a list of what is wrong."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom import environment

STRONG = "kJ3-vR8_qLz0XyWb5TnMd7PcHs2GfAe9UoIt4KiNjB6QxZpV1CwSrDmE"
PRODUCTION = {
    "SECRET_KEY": STRONG,
    "ALLOWED_HOSTS": "news.example.org, www.example.org",
    "SITE_URL": "https://news.example.org/",
    "EMAIL_URL": "smtp+tls://mail.example.org",
}


def refusal(**changes: str | None) -> str:
    environ = {name: value for name, value in (PRODUCTION | changes).items() if value is not None}
    with pytest.raises(ImproperlyConfigured) as caught:
        environment.read(environ)
    return str(caught.value)


class TestProduction:
    def test_starts_with_four_variables(self):
        found = environment.read(PRODUCTION)
        assert not found.debug
        assert found.https
        assert found.site_url == "https://news.example.org"
        assert found.allowed_hosts == ["news.example.org", "www.example.org"]
        assert found.require_second_factor
        assert found.mail_from == "newsroom@news.example.org"
        assert found.alerts_open

    def test_has_browsers_insist_on_https_below_it_unless_told_not_to(self):
        assert environment.read(PRODUCTION).hsts_subdomains
        assert not environment.read(PRODUCTION | {"HSTS_SUBDOMAINS": "off"}).hsts_subdomains

    def test_takes_a_pattern_for_the_sites_own_host(self):
        assert environment.read(PRODUCTION | {"ALLOWED_HOSTS": ".example.org"}).https

    @pytest.mark.parametrize(
        ("changes", "connections"),
        [
            ({}, 8),
            ({"WEB_THREADS": "16"}, 16),
            ({"MAIL_CONNECTIONS": "20"}, 22),
            ({"WEB_THREADS": "16", "DATABASE_POOL": "4"}, 4),
        ],
    )
    def test_keeps_a_connection_for_each_that_may_want_one(self, changes, connections):
        found = environment.read(PRODUCTION | {"DATABASE_URL": "postgres://db.example.org/news"} | changes)
        assert found.database["OPTIONS"]["pool"]["max_size"] == connections

    def test_says_everything_that_is_missing_at_once(self):
        with pytest.raises(ImproperlyConfigured) as caught:
            environment.read({"DATABASE_URL": "mysql://x", "TIME_ZONE": "Mars/Base"})
        for sentence in (
            "SECRET_KEY is not set",
            "ALLOWED_HOSTS is not set",
            "SITE_URL is not set",
            "EMAIL_URL is not set",
            "DATABASE_URL must begin with",
            "TIME_ZONE must be the name",
        ):
            assert f"  - {sentence}" in str(caught.value)

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"DEBUG": "1"}, "DEBUG is on for news.example.org"),
            ({"DEBUG": "on", "SITE_URL": "http://localhost:8000"}, "DEBUG is on for www.example.org"),
            ({"SECRET_KEY": None}, "SECRET_KEY is not set"),
            ({"SECRET_KEY": "  "}, "SECRET_KEY is not set"),
            ({"SECRET_KEY": "changeme"}, "SECRET_KEY could be guessed"),
            ({"SECRET_KEY": "django-insecure-" + STRONG}, "SECRET_KEY could be guessed"),
            ({"SECRET_KEY": "ab" * 40}, "SECRET_KEY could be guessed"),
            ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS is not set"),
            ({"ALLOWED_HOSTS": " , "}, "ALLOWED_HOSTS names no host"),
            ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name the hosts"),
            ({"ALLOWED_HOSTS": "www.example.org"}, "ALLOWED_HOSTS must name news.example.org"),
            ({"EMAIL_URL": None}, "EMAIL_URL is not set"),
            ({"EMAIL_URL": "memory:"}, "EMAIL_URL must not be memory"),
            ({"EMAIL_URL": "smtp://mail.example.org"}, "EMAIL_URL would send mail in the clear"),
            ({"STORAGE_URL": "memory:"}, "STORAGE_URL must not be memory"),
            ({"CACHE_URL": "dummy:"}, "CACHE_URL must not be dummy"),
            ({"WEB_THREADS": "0"}, "WEB_THREADS must be from 1 to 64"),
            ({"SITE_URL": "http://news.example.org"}, "SITE_URL must begin with https://"),
            ({"SITE_URL": "news.example.org"}, "SITE_URL must be a web address"),
            ({"SITE_URL": "https://[bad"}, "SITE_URL"),
            ({"SITE_URL": "https://news.example.org/blog"}, "SITE_URL must be the root"),
            ({"DEBUG": "maybe"}, "DEBUG must be on or off"),
            ({"DATABASE_POOL": "-1"}, "DATABASE_POOL must be a whole number"),
            ({"LOG_LEVEL": "loud"}, "LOG_LEVEL must be one of"),
            ({"WORKER_POLL_SECONDS": "0"}, "WORKER_POLL_SECONDS must be from 1 to 60"),
            ({"METRICS_TOKEN": "short"}, "METRICS_TOKEN must be at least 16"),
            ({"PURGE_URL": "varnish:6081"}, "PURGE_URL must be a web address"),
            ({"PURGE_URL": "https://us:secret@cdn.example.org/"}, "PURGE_URL must be an address alone"),
            ({"PURGE_STYLE": "squid"}, "PURGE_STYLE must be one of varnish, fastly, nginx"),
        ],
    )
    def test_refuses_what_is_unsafe_or_unclear(self, changes, sentence):
        assert sentence in refusal(**changes)

    def test_never_repeats_a_secret_in_its_refusal(self):
        assert "hunter2" not in refusal(SECRET_KEY="hunter2", DATABASE_URL="postgres://me:hunter2@[/x")

    def test_makes_no_key_of_its_own(self, tmp_path):
        refusal(SECRET_KEY=None, VAR_DIR=str(tmp_path))
        assert not list(tmp_path.iterdir())


class TestDebug:
    def test_needs_nothing(self):
        found = environment.read({"DEBUG": "1"})
        assert found.site_url == "http://127.0.0.1:8000"
        assert not found.https
        assert not found.require_second_factor
        assert found.database["ENGINE"] == "newsroom.sqlite"

    def test_follows_the_port(self):
        assert environment.read({"DEBUG": "1", "PORT": "8123"}).site_url == "http://127.0.0.1:8123"

    def test_keeps_the_key_it_made(self, tmp_path):
        key = environment.own_secret_key(tmp_path / "var")
        assert environment.own_secret_key(tmp_path / "var") == key
        assert len(key) >= 50
        assert (tmp_path / "var" / "secret-key").stat().st_mode & 0o077 == 0


class TestEveryVariable:
    def test_is_explained_in_the_documentation(self):
        source = Path(environment.__file__).read_text()
        read = set(re.findall(r'reader\.read\(\s*"([A-Z_]+)"', source))
        page = (environment.BASE_DIR / "docs" / "settings.md").read_text()
        assert len(read) > 15
        assert {name for name in read if f"`{name}`" not in page} == {"PYTEST_DB_SUFFIX"}
