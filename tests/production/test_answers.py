"""What a public newsroom answers: the headers, the files, and nothing over plain http."""

import http.client
import json
import re

import pytest

from tests.production.serving import HOST

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("production")]

READERS = "/articles/"
STAFF = "/accounts/login/"


def policy(answer):
    parts = (part.split() for part in answer.headers["Content-Security-Policy"].split("; "))
    return {part[0]: part[1:] for part in parts}


class TestEveryPage:
    @pytest.mark.parametrize("path", [READERS, STAFF, "/no-such-page/"])
    @pytest.mark.parametrize(
        ("header", "value"),
        [
            ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "DENY"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
        ],
    )
    def test_carries_the_security_headers(self, site, path, header, value):
        assert site.get(path).headers[header] == value

    @pytest.mark.parametrize("path", [READERS, STAFF])
    def test_forbids_everything_it_does_not_name(self, site, path):
        found = policy(site.get(path))
        assert found["default-src"] == ["'none'"]
        assert found["base-uri"] == found["frame-ancestors"] == ["'none'"]
        assert "'unsafe-inline'" not in found["script-src"] + found["style-src"]
        assert "'unsafe-eval'" not in found["script-src"]

    def test_names_the_request_for_whoever_reports_a_fault(self, site):
        assert re.fullmatch(r"[0-9a-f]{32}", site.get(READERS).headers["X-Request-ID"])


class TestAReadersPage:
    def test_is_there(self, site):
        assert site.get(READERS).status == 200

    def test_takes_scripts_and_styles_from_files_only(self, site):
        found = policy(site.get(READERS))
        assert found["script-src"] == found["style-src"] == ["'self'"]

    def test_sets_no_cookie(self, site):
        assert "Set-Cookie" not in site.get(READERS).headers


class TestAStaffPage:
    def test_sends_its_cookies_over_https_only(self, site):
        cookies = site.get(STAFF).headers.get_all("Set-Cookie")
        assert cookies
        for cookie in cookies:
            assert cookie.startswith("__Host-")
            assert "Secure" in cookie
            assert "HttpOnly" in cookie

    def test_is_kept_from_search_engines_and_referrers(self, site):
        answer = site.get(STAFF)
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert answer.headers["Referrer-Policy"] == "same-origin"


class TestPlainHttp:
    def test_is_sent_to_https(self, site):
        answer = site.get(READERS, https=False)
        assert answer.status == 301
        assert answer.headers["Location"] == "https://news.example.org/articles/"


class TestAForeignHost:
    def test_gets_nothing(self, site):
        assert site.get(READERS, host="evil.example.com").status == 400


class TestAVisitorsHeaders:
    def test_do_not_say_where_the_site_begins(self, site):
        """gunicorn's own default believes SCRIPT_NAME, and not every proxy drops it."""
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
        given = {"Host": HOST, "X-Forwarded-Proto": "https", "SCRIPT_NAME": "/elsewhere"}
        connection.request("GET", "/elsewhere/healthz", headers=given)
        assert connection.getresponse().status == 404
        connection.close()


class TestStaticFiles:
    """Named by their content, kept for ever, compressed beforehand."""

    @pytest.fixture
    def path(self, site):
        manifest = (site.var_dir / "static" / "staticfiles.json").read_text()
        return "/static/" + re.search(r'"(admin/css/base\.[0-9a-f]{12}\.css)"', manifest)[1]

    def test_are_kept_for_ever(self, site, path):
        answer = site.get(path)
        assert answer.status == 200
        assert "immutable" in answer.headers["Cache-Control"]

    @pytest.mark.parametrize("coding", ["br", "gzip"])
    def test_come_compressed(self, site, path, coding):
        answer = site.get(path, Accept_Encoding=coding)
        assert answer.headers["Content-Encoding"] == coding
        assert len(answer.body) < len(site.get(path).body) / 2


class TestTheLog:
    def said(self, site, answer):
        lines = [json.loads(line) for line in site.log() if line.startswith("{")]
        return [line for line in lines if line.get("request_id") == answer.headers["X-Request-ID"]]

    def test_has_the_fault_and_the_request_with_the_id_the_visitor_got(self, site):
        fault, request = self.said(site, site.get("/no-such-page/"))
        assert (fault["event"], fault["level"]) == ("Not Found: /no-such-page/", "warning")
        assert (request["event"], request["path"], request["status_code"]) == (
            "request",
            "/no-such-page/",
            404,
        )

    def test_has_the_id_that_the_proxy_gave(self, site):
        answer = site.get(READERS, X_Request_ID="of-the-proxy-1")
        assert answer.headers["X-Request-ID"] == "of-the-proxy-1"
        assert len(self.said(site, answer)) == 1


class TestTheMetrics:
    def test_are_of_what_the_workers_answered(self, site):
        site.get(READERS)
        text = site.get("/metrics", Authorization=f"Bearer {site.settings['METRICS_TOKEN']}").body.decode()
        counts = re.findall(
            r'^newsroom_request_seconds_count\{kind="article",status="2xx"\} (\d+)$', text, re.MULTILINE
        )
        assert int(counts[0]) > 0
        assert "newsroom_database_up 1" in text
