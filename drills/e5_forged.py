"""Drill E5: nothing is changed by asking for a page, nor by a form that somebody else made up, on each database.

Every route of the site's map is asked for by each role and by nobody, with GET and HEAD that also say they were a POST;
every route is sent a form without its token; and every act of the workflow, in every situation of a story in which it
is possible, is sent by whoever may do it: without a token, with another's, from another site, and in the end as it has
to be. Passes when the last changes something each time, and nothing else ever does.
`python -m drills.e5_forged`; tests/newsroom/test_changing.py is it small.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

TOKEN, ANOTHERS = "k" * 32, "j" * 32
EVIL = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
AS_IF = {"X-HTTP-Method-Override": "POST", "X-Method-Override": "DELETE"}
QUERY = {"_method": "POST", "act": "submit", "action": "submit", "csrfmiddlewaretoken": TOKEN}
INSIDE = "inside"

#: Ways to forge a form: the fields, and the headers.
FORGED: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "no token": ({}, {}),
    "another's token": ({"csrfmiddlewaretoken": ANOTHERS}, {}),
    "a token that is none": ({"csrfmiddlewaretoken": "x"}, {}),
    "from another site": ({"csrfmiddlewaretoken": TOKEN}, EVIL),
    "from nowhere": ({"csrfmiddlewaretoken": TOKEN}, {"Origin": "null"}),
}


def main() -> int:
    from benchmarks import _site
    from drills._verdict import verdict

    told = []
    for vendor in _site.vendors():
        with _site.scratch(vendor) as site:
            site.environ.update(REQUIRE_SECOND_FACTOR="off", LOG_LEVEL="CRITICAL")
            told.append(json.loads(site.run("-m", "drills.e5_forged", INSIDE)))
        for fault in told[-1]["wrong"]:
            print(f"   - {vendor}: {fault}")
        print(f"   {vendor}: {told[-1]['counts']}", flush=True)
    counts = [one["counts"] for one in told]
    wrong = sum(len(one["wrong"]) for one in told)
    asked, forged, done = (
        sum(count[name] for count in counts) for name in ("asked", "forged", "done as it has to be")
    )
    figure = (
        f"{wrong} wrong: {asked:,} times asked, {forged:,} forged forms, {done} acts done with their token"
    )
    return verdict(not wrong and done > 0, figure)


class Walk:
    def __init__(self, cast: Any) -> None:
        from tests.articles.admin.desk_pages import SITUATIONS, in_situation
        from tests.articles.admin.test_act_matrix import LINKS
        from tests.newsdesk import published

        self.cast = cast
        self.counts: Counter[str] = Counter()
        #: What the others link to.
        self.closed = published(cast, headline="Closed")
        self.stories = {
            name: in_situation(cast, name, headline=f"A story {name}", body=LINKS) for name in SITUATIONS
        }
        self.people = {
            "nobody": None,
            **{name: getattr(cast, name) for name in ("contributor", "editor", "manager", "administrator")},
        }

    def faults(self) -> Iterator[str]:
        yield from self.asking()
        yield from self.sending()
        yield from self.acting()
        yield from self.subscribing()

    def asking(self) -> Iterator[str]:
        from tests import walking
        from tests.newsroom.test_changing import NOTED, written

        for who, person in self.people.items():
            client = _client(person)
            for route, _ in walking.routes():
                # One may ask in many situations, and who is no manager sees less of each.
                many = who == "manager" and "/story/<" in route
                for story in [*self.stories.values()][: None if many else 1]:
                    address = walking.address(route, story.pk)
                    for ask in (client.get, client.head):
                        with written() as tables:
                            ask(address, QUERY, headers=AS_IF)
                        self.counts["asked"] += 1
                        if more := tables - NOTED.keys():
                            yield f"{ask.__name__} {address} by {who} writes {sorted(more)}"

    def sending(self) -> Iterator[str]:
        from tests import walking
        from tests.newsroom.test_changing import NOTED, written
        from tests.newsroom.test_exempt import ANSWERING, EXEMPT

        for who, person in self.people.items():
            client = _client(person)
            for route, _ in walking.routes():
                # What needs no token has to see where a form comes from; what has a secret address is not found here.
                exempt = route in EXEMPT or route.startswith(ANSWERING)
                fields, headers = FORGED["from another site" if exempt else "no token"]
                address = walking.address(route, self.stories["in review"].pk)
                with written() as tables:
                    answer = client.post(address, {"action": "submit", **fields}, headers=headers)
                self.counts["forged"] += 1
                self.counts["forged, refused"] += answer.status_code == 403
                if tables - NOTED.keys() or (answer.status_code < 400 and not exempt):
                    yield f"POST {address} by {who}: {answer.status_code}, writes {sorted(tables)}"

    def acting(self) -> Iterator[str]:
        """Each act by the first who may do it; what it did is undone before the next."""
        from django.db import transaction

        from tests.articles.admin.test_act_matrix import MAY, _make_room_for

        persons = {"E": self.cast.editor, "S": self.cast.second_editor}
        persons |= {"M": self.cast.manager, "N": self.cast.second_manager}
        for act, situations in MAY.items():
            for situation, who in situations.items():
                with transaction.atomic():
                    story = self.stories[situation]
                    _make_room_for(act, story, self.closed, self.cast)
                    yield from self._tried(act, story, persons[who[0]], f"{act}, {situation}")
                    transaction.set_rollback(True)

    def _tried(self, act: str, story: Any, person: Any, title: str) -> Iterator[str]:
        from tests.articles.admin.desk_pages import url
        from tests.articles.admin.test_act_matrix import _payload
        from tests.newsroom.test_changing import NOTED, written

        client, address, form = _client(person), url("act", story, act), _payload(story, act)
        for way, (fields, headers) in FORGED.items():
            with written() as tables:
                answer = client.post(address, form | fields, headers=headers)
            self.counts["forged"] += 1
            if answer.status_code != 403 or tables - NOTED.keys():
                yield f"{title}, {way}: {answer.status_code}, writes {sorted(tables)}"
        with written() as tables:
            answer = client.post(address, form | {"csrfmiddlewaretoken": TOKEN})
        if "articles_storyevent" not in tables or answer.status_code not in (201, 302):
            yield f"{title}, as it has to be: {answer.status_code}, writes {sorted(tables)}"
        else:
            self.counts["done as it has to be"] += 1

    def subscribing(self) -> Iterator[str]:
        """Readers have no token: their browsers say where a form comes from."""
        from tests.newsroom.test_changing import written

        for headers, changes in ((EVIL, False), ({"Origin": "null"}, False), ({}, True)):
            with written() as tables:
                _client(None).post("/alerts/", _subscription(), headers=headers)
            self.counts["forged"] += not changes
            self.counts["done as it has to be"] += changes
            if ("alerts_registration" in tables) != changes:
                yield f"/alerts/ with {headers} writes {sorted(tables)}"


def _subscription() -> dict[str, Any]:
    from tests.alerts import registering

    return {"address": registering.ADDRESS, "everything": "on", "frequency": "daily"}


def _client(person: Any) -> Any:
    from django.conf import settings
    from django.test import Client

    client = Client(
        enforce_csrf_checks=True, raise_request_exception=False, SERVER_NAME=settings.ALLOWED_HOSTS[0]
    )
    if person is not None:
        client.force_login(person)
    client.cookies[settings.CSRF_COOKIE_NAME] = TOKEN
    return client


def inside() -> None:
    import time_machine

    from tests.articles.admin.desk_pages import LATER
    from tests.newsdesk import hire

    with time_machine.travel(LATER, tick=False):
        walk = Walk(hire())
        wrong = list(walk.faults())
    print(json.dumps({"wrong": wrong, "counts": walk.counts}))


if __name__ == "__main__":
    if sys.argv[1:] == [INSIDE]:
        import django

        django.setup()
        inside()
        sys.exit(0)
    sys.exit(main())
