"""A contributor with a browser's means: signs in once, sends files to the upload page, and asks for pictures."""

import http.client
import json
import re
import secrets
import sys
from typing import NamedTuple

import django

#: Stands on their pages, and on nobody else's.
NAME = "Quillabert"
UPLOAD = "/admin/articles/image/upload/"


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


class Reporter:
    """One person at one served newsroom."""

    def __init__(self, port: int, session: str) -> None:
        self.port, self.cookies = port, {"session": session}
        page = self.get(UPLOAD)
        found = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page.body)
        if page.status != 200 or found is None:
            raise SystemExit(f"the upload page answers {page.status}")
        self.token = found[1].decode()

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def upload(self, name: str, data: bytes) -> dict[str, object]:
        """Send one file as the page's script does; what became of it."""
        boundary = secrets.token_hex(16)
        head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{self.token}\r\n'
            f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
            "Content-Type: image/jpeg\r\n\r\n"
        )
        body = head.encode() + data + f"\r\n--{boundary}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={boundary}", "Accept": "application/json"}
        answer = self._ask("POST", UPLOAD, body, kind)
        told = json.loads(answer.body) if answer.status in (200, 422) else {"state": "error"}
        return {"status": answer.status, **told}

    def _ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.request(method, path, body, {**(headers or {}), "Cookie": cookies})
        response = connection.getresponse()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        answer = Answer(response.status, dict(response.getheaders()), response.read())
        connection.close()
        return answer


def sentence(told: dict[str, object]) -> str:
    """What the answer's list item says."""
    found = re.search(r'class="said">(.*?)</p>', str(told.get("html", "")), re.DOTALL)
    return found[1].strip() if found else str(told)


def hired() -> str:
    """Hire a contributor and sign them in; their session."""
    django.setup()
    from django.test import Client

    from accounts.models import Role, User

    person = User.objects.create_user(
        "reporter@newsroom.example", secrets.token_hex(12), name=NAME, role=Role.CONTRIBUTOR
    )
    client = Client()
    client.force_login(person)
    return client.cookies["session"].value


if __name__ == "__main__":
    print(hired(), file=sys.stdout)
