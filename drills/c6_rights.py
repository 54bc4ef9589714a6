"""Drill C6: what is taken from somebody is gone at their next request, wherever else they are signed in.

Each right of the table of roles is taken from its role; each role, account and session is ended in each way there is,
for people with two sessions for every address that they may open, at two processes. Passes when each of those opened
before, and none of them does at the very next request, on each database; and nothing is saved by who may no longer.
`python -m drills.c6_rights`; tests/accounts/test_taken.py is it small.
"""

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from benchmarks import _site
from drills._editors import TOKEN
from drills._rights import INSTEAD, PASSWORD, RIGHTS, WAYS, Right
from drills._verdict import verdict

LOGIN = ("/admin/login/", "/accounts/login/")
NEW = "three unrelated words"
REFUSED = (302, 403, 404)


def main() -> int:
    done = [judged(vendor) for vendor in _site.vendors()]
    figures = "; ".join(f"{vendor}: {asked} sessions, {len(wrong)} wrong" for vendor, asked, wrong in done)
    return verdict(not any(wrong for *_, wrong in done), f"{len(RIGHTS)} rights, {len(WAYS)} ways; {figures}")


def judged(vendor: str) -> tuple[str, int, list[str]]:
    with _site.scratch(vendor) as site:
        site.environ.update(REQUIRE_SECOND_FACTOR="off", WEB_PROCESSES="2")
        with _inside(site) as (told, say), _site.served(site.environ, "newsroom.wsgi:application") as web:
            desk = Desk(web.port, told, say)
            wrong = [*desk.rights(), *desk.ended(), *desk.restricted()]
            wrong += [f"saved: {headline}" for headline in say("saved") if headline.startswith("Saved by")]
    for fault in wrong:
        print(f"   - {vendor}: {fault}")
    print(f"   {vendor}: {desk.asked} sessions at {len(desk.addresses)} addresses", flush=True)
    return vendor, desk.asked, wrong


class Desk:
    def __init__(self, port: int, told: dict[str, Any], say: Any) -> None:
        self.port, self.told, self.say = port, told, say
        self.asked = 0
        self.addresses: set[str] = set()

    def rights(self) -> Iterator[str]:
        for right in RIGHTS:
            sessions = self.told["rights"][right.role]
            before = self._opens(right, sessions)
            self.say("take", right.role, *right.taken)
            taken = self._opens(right, sessions)
            self.say("give", right.role, *right.taken)
            after = self._opens(right, sessions)
            if (before, taken, after) != ([True, True], [False, False], [True, True]):
                yield f"{right.name}: opened {before}, without it {taken}, with it again {after}"

    def restricted(self) -> Iterator[str]:
        """A story that others had open is kept to one person."""
        story = self.told["restricting"]
        yield from self._not_open(story["asked"], "restricted")
        if self._ask("POST", story["address"], story["session"], story["form"])[0] != 302:
            yield "a story could not be restricted"
        yield from self._still_open(story["asked"], "restricted")

    def ended(self) -> Iterator[str]:
        for person in self.told["ended"]:
            title = f"{person['role']}, {person['way']}"
            yield from self._not_open([one for one in person["asked"] if not one["form"]], title)
            if not self._end(person):
                yield f"{title}: could not be done"
            yield from self._still_open(person["asked"], title)

    def _end(self, person: dict[str, Any]) -> bool:
        """Whether it was done."""
        boss, fields = self.told["administrator"], person["fields"]
        address = f"/admin/accounts/user/{person['key']}/change/"
        less = fields | {"role": INSTEAD[person["role"]]}
        passwords = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
        marked = {"action": "sign_out", "_selected_action": person["key"]}
        inactive = {name: value for name, value in fields.items() if name != "is_active"}
        acts: dict[str, list[tuple[str, str, dict[str, Any]]]] = {
            "role": [(address, boss, less)],
            "account": [(address, boss, inactive)],
            "signed out": [("/admin/accounts/user/", boss, marked)],
            "password": [("/accounts/password/change/", person["spare"], passwords)],
            "by themselves": [("/accounts/logout/everywhere/", person["spare"], {})],
            "role, and given back": [(address, boss, less), (address, boss, fields)],
        }
        done = [self._ask("POST", *act) for act in acts[person["way"]]]
        # Who has signed out by themselves is led to signing in, and whoever may not do it, as well.
        leads_on = person["way"] == "by themselves"
        return all(status == 302 and _asks_to_sign_in(to) == leads_on for status, to in done)

    def _not_open(self, asked: list[dict[str, Any]], title: str) -> Iterator[str]:
        for one in asked:
            answers = [self._ask("GET", one["address"], session)[0] for session in one["sessions"]]
            if answers != [200, 200]:
                yield f"{title}: {one['address']} did not open before: {answers}"

    def _still_open(self, asked: list[dict[str, Any]], title: str) -> Iterator[str]:
        for one in asked:
            self.addresses.add(one["address"])
            for session in one["sessions"]:
                self.asked += 1
                method = "POST" if one["form"] else "GET"
                status, to = self._ask(method, one["address"], session, one["form"])
                if not (status in (403, 404) or (status == 302 and _leads_away(to, title))):
                    yield f"{title}: {method} {one['address']} answers {status} {to}"

    def _opens(self, right: Right, sessions: list[str]) -> list[bool]:
        address = right.address.format(**self.told["named"])
        self.addresses.add(address)
        self.asked += len(sessions)
        form = {} if right.method == "POST" else None
        answers = [self._ask(right.method, address, session, form)[0] for session in sessions]
        return [status not in (*REFUSED, 500) for status in answers]

    def _ask(
        self, method: str, address: str, session: str, form: dict[str, Any] | None = None
    ) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {"Cookie": f"session={session}; csrf={TOKEN}"}
        body = None
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(form | {"csrfmiddlewaretoken": TOKEN}, doseq=True)
        connection.request(method, address, body, headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status, answer.headers.get("Location", "")


def _asks_to_sign_in(to: str) -> bool:
    return to.startswith(LOGIN)


def _leads_away(to: str, title: str) -> bool:
    """To signing in; from a story that is not there for somebody the stock admin leads to its front page."""
    return _asks_to_sign_in(to) or (title == "restricted" and to == "/admin/")


@contextmanager
def _inside(site: _site.Scratch) -> Iterator[tuple[dict[str, Any], Any]]:
    """What was prepared, and a way to have rights taken and given while the newsroom is served."""
    command = [sys.executable, "-m", "drills._rights"]
    with subprocess.Popen(
        command, cwd=_site.ROOT, env=site.environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin and process.stdout
        to, from_ = process.stdin, process.stdout

        def say(*words: str) -> Any:
            print(*words, file=to, flush=True)
            return json.loads(from_.readline())

        yield json.loads(from_.readline()), say
        to.close()


if __name__ == "__main__":
    sys.exit(main())
