"""A browser that signs in over HTTP, from an address of its choosing: cookies, tokens and nothing else."""

import base64
import hmac
import http.client
import re
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from benchmarks import _site

PASSWORD = "correct horse battery"
LOGIN, SECOND, SET_UP = "/accounts/login/", "/accounts/2fa/authenticate/", "/accounts/2fa/"

#: Makes people with a password, as the settings of the running newsroom hash it.
HIRE = """
import django; django.setup()
from accounts.models import User
for role in {roles}:
    User.objects.create_user(f"{{role}}@newsroom.example", {password!r}, name=role.title(), role=role)
"""


@contextmanager
def newsroom(vendor: str, *roles: str) -> Iterator[tuple[_site.Scratch, _site.Server]]:
    """Serve a newsroom by two processes: one person of each role works there, and second factors are required."""
    with _site.scratch(vendor) as site:
        site.environ.update(REQUIRE_SECOND_FACTOR="on", WEB_PROCESSES="2", LOG_LEVEL="CRITICAL")
        site.run("-c", HIRE.format(roles=roles, password=PASSWORD))
        with _site.served(site.environ, "newsroom.wsgi:application") as server:
            yield site, server


class Answer:
    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status, self.text = response.status, response.read().decode(errors="replace")
        self.location = response.getheader("Location", "")


class Browser:
    """Comes from any address of this machine (127.0.0.0/8), as visitors do from theirs."""

    def __init__(self, port: int, source: str = "127.0.0.1") -> None:
        self.port, self.source = port, source
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        """Send a form with the token of the page that it is on."""
        if "csrf" not in self.cookies:
            self.get(LOGIN)
        return self._ask("POST", path, {**fields, "csrfmiddlewaretoken": self.cookies.get("csrf", "")})

    def sign_in(self, person: str, password: str = PASSWORD) -> Answer:
        return self.post(LOGIN, {"login": person, "password": password})

    def set_up(self) -> str:
        """Set up an authenticator app; give its secret."""
        found = re.search(r"<code>([A-Z2-7 ]+)</code>", self.get(f"{SET_UP}totp/activate/").text)
        assert found, "the page shows no key"
        secret = found[1].replace(" ", "")
        self.post(f"{SET_UP}totp/activate/", {"code": code(secret)})
        return secret

    def gets_in(self) -> bool:
        return self.get("/admin/").status == 200

    def _ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> Answer:
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=60, source_address=(self.source, 0)
        )
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, urlencode(fields) if fields is not None else None, headers)
        response = connection.getresponse()
        for line in response.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        answer = Answer(response)
        connection.close()
        return answer


def code(secret: str) -> str:
    """The six digits that an app shows now (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), "sha1")
    (number,) = struct.unpack_from(">I", digest, digest[-1] & 15)
    return f"{(number & 0x7FFFFFFF) % 10**6:06d}"


def link_mailed(site: _site.Scratch, part: str) -> str:
    """Wait for a mail that holds an address with this in it, and give the address's path."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        for file in Path(site.environ["VAR_DIR"], "mail").rglob("*"):
            if file.is_file() and (found := re.search(rf"https?://[^/\s]+(\S*{part}\S*)", file.read_text())):
                return found[1]
        time.sleep(0.2)
    raise SystemExit(f"no mail with {part}")
