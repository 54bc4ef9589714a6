"""Addresses become settings, or a sentence about what to write instead."""

from pathlib import Path

import pytest
from django.core.mail import mailers

from newsroom import locations, mail_providers

BASE = Path("/srv/newsroom")


class TestDatabase:
    def test_reads_a_sqlite_path_from_the_project(self):
        assert (
            locations.database("sqlite:///var/a.sqlite3", base=BASE)["NAME"] == "/srv/newsroom/var/a.sqlite3"
        )

    def test_reads_a_sqlite_path_from_the_root(self):
        assert locations.database("sqlite:////data/a.sqlite3", base=BASE)["NAME"] == "/data/a.sqlite3"

    def test_keeps_a_sqlite_file_open_between_requests(self):
        assert locations.database("sqlite:////data/a.sqlite3", base=BASE)["CONN_MAX_AGE"] == 60

    def test_reads_postgresql_with_escapes_in_the_password(self):
        found = locations.database("postgres://me:p%40ss%2Fword@db:6543/news?sslmode=require", base=BASE)
        assert found["ENGINE"] == "newsroom.postgresql"
        assert (found["USER"], found["PASSWORD"]) == ("me", "p@ss/word")
        assert (found["HOST"], found["PORT"], found["NAME"]) == ("db", 6543, "news")
        assert found["OPTIONS"]["sslmode"] == "require"
        options = found["OPTIONS"]["options"].split("-c ")[1:]
        planning = ["jit=off", "random_page_cost=1", "plan_cache_mode=force_generic_plan"]
        assert [one.strip() for one in options] == planning

    def test_waits_for_no_postgresql_that_is_away(self):
        found = locations.database("postgres://db/news", base=BASE, pool=5)["OPTIONS"]
        assert (found["connect_timeout"], found["pool"]["timeout"]) == (3, 2)
        assert found["tcp_user_timeout"] == 10_000

    def test_takes_the_address_s_word_for_the_server_s_options(self):
        found = locations.database("postgres://db/news?options=-c%20jit%3Don", base=BASE)
        assert found["OPTIONS"]["options"] == "-c jit=on"

    def test_keeps_connections_in_a_pool_when_told(self):
        found = locations.database("postgres://db/news", base=BASE, pool=5)
        assert found["OPTIONS"]["pool"]["max_size"] == 5
        assert found["CONN_MAX_AGE"] == 0

    @pytest.mark.parametrize(
        "url",
        [
            "",
            "mysql://a/b",
            "sqlite://",
            "sqlite:///",
            "postgres://db/",
            "postgres://a:b@[/c",
            "postgres://h:x/c",
            "postgres://h/c?conn_max_age=0",
        ],
    )
    def test_refuses_others(self, url):
        with pytest.raises(ValueError, match="[a-z]"):
            locations.database(url, base=BASE)


class TestMailer:
    def test_reads_starttls_with_a_sign_in(self):
        assert locations.mailer("smtp+tls://me%40x:p%3Aw@mail.example.org", base=BASE)["OPTIONS"] == {
            "host": "mail.example.org",
            "port": 587,
            "use_tls": True,
            "timeout": 20,
            "username": "me@x",
            "password": "p:w",
        }

    def test_reads_tls_from_the_start(self):
        options = locations.mailer("smtps://mail.example.org:4465", base=BASE)["OPTIONS"]
        assert (options["port"], options["use_ssl"]) == (4465, True)

    @pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "mail"])
    def test_sends_in_the_clear_only_nearby(self, host):
        assert "use_tls" not in locations.mailer(f"smtp://{host}:25", base=BASE)["OPTIONS"]

    @pytest.mark.parametrize("host", ["mail.example.org", "192.0.2.1", "[2001:db8::1]"])
    def test_never_sends_in_the_clear_across_a_network(self, host):
        with pytest.raises(ValueError, match="in the clear"):
            locations.mailer(f"smtp://{host}:25", base=BASE)

    def test_reads_a_folder(self):
        assert locations.mailer("file:var/mail", base=BASE)["OPTIONS"] == {
            "file_path": "/srv/newsroom/var/mail"
        }

    @pytest.mark.parametrize(
        "url", ["", "mail.example.org", "file://var/mail", "file:", "smtps://", "smtps://h:x"]
    )
    def test_refuses_others(self, url):
        with pytest.raises(ValueError, match="[a-z]"):
            locations.mailer(url, base=BASE)


class TestProviders:
    def test_reads_a_key_with_its_capitals(self):
        found = locations.mailer("postmark://TOKEN-a1B2", base=BASE)
        assert found == {
            "BACKEND": "anymail.backends.postmark.EmailBackend",
            "OPTIONS": {"server_token": "TOKEN-a1B2"},
        }

    def test_reads_the_domain_and_the_region(self):
        options = locations.mailer("mailgun://KEY%2F1@mg.example.org?region=eu", base=BASE)["OPTIONS"]
        assert options == {
            "api_key": "KEY/1",
            "sender_domain": "mg.example.org",
            "api_url": "https://api.eu.mailgun.net/v3",
        }

    def test_reads_two_keys(self, monkeypatch):
        monkeypatch.setattr(locations, "_must_be_installed", lambda module: None)
        options = locations.mailer("ses://KEY:se%2Fcret@eu-west-2", base=BASE)["OPTIONS"]
        wanted = {"aws_access_key_id": "KEY", "aws_secret_access_key": "se/cret", "region_name": "eu-west-2"}
        assert options == {"client_params": wanted}

    @pytest.mark.parametrize("name", ["postmark", "mailgun", "brevo", "resend", "sendgrid"])
    def test_make_a_mailer_that_opens(self, name, settings):
        settings.MAILERS = {"default": locations.mailer(f"{name}://KEY", base=BASE)}
        assert mailers["default"].esp_name.lower() == name

    def test_are_known_by_their_mailer(self):
        for name in ("postmark", "mailgun", "brevo", "resend", "sendgrid"):
            assert mail_providers.provider_of(locations.mailer(f"{name}://KEY", base=BASE)) == name
        assert mail_providers.provider_of(locations.mailer("file:var/mail", base=BASE)) == ""

    def test_say_what_they_need(self, monkeypatch):
        monkeypatch.setattr("importlib.util.find_spec", lambda module: None)
        with pytest.raises(ValueError, match="boto3"):
            locations.mailer("ses://KEY:SECRET@eu-west-2", base=BASE)

    @pytest.mark.parametrize(
        ("url", "words"),
        [
            ("postmark://", "names no key: postmark://SERVER_TOKEN"),
            ("postmark://KEY:MORE@x", "names no key"),
            ("postmark://KEY@x.example", "takes a key only"),
            ("mailgun://KEY@x.example?region=moon", "none of us, eu"),
            ("brevo://KEY?region=eu", "an option nobody reads: region"),
        ],
    )
    def test_say_what_is_wrong(self, url, words):
        with pytest.raises(ValueError, match=words):
            locations.mailer(url, base=BASE)


class TestStorage:
    def test_reads_a_folder(self):
        assert locations.storage("file:///data/media", base=BASE)["OPTIONS"] == {"location": "/data/media"}

    def test_reads_a_bucket(self, monkeypatch):
        monkeypatch.setattr(locations, "_must_be_installed", lambda module: None)
        found = locations.storage(
            "s3://KEY:s%2Fcret@News?region=eu-west-2&endpoint=https://s3.example.org", base=BASE
        )
        assert found["OPTIONS"] == {
            "bucket_name": "News",
            "querystring_auth": False,
            "access_key": "KEY",
            "secret_key": "s/cret",
            "region_name": "eu-west-2",
            "endpoint_url": "https://s3.example.org",
        }

    @pytest.mark.parametrize("url", ["", "ftp://x", "s3://", "s3://bucket?colour=red"])
    def test_refuses_others(self, url, monkeypatch):
        monkeypatch.setattr(locations, "_must_be_installed", lambda module: None)
        with pytest.raises(ValueError, match="[a-z]"):
            locations.storage(url, base=BASE)


class TestCache:
    def test_reads_memory(self):
        assert locations.cache("memory:")["BACKEND"].endswith("LocMemCache")

    def test_says_what_redis_needs(self, monkeypatch):
        monkeypatch.setattr("importlib.util.find_spec", lambda module: None)
        with pytest.raises(ValueError, match=r"requirements-extras\.txt"):
            locations.cache("redis://localhost")

    def test_refuses_others(self):
        with pytest.raises(ValueError, match="memory:"):
            locations.cache("memcached://x")
