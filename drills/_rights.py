"""Each right there is with something that only it opens; and what drill C6 does inside of a newsroom.

As a module it prepares people with their sessions, says so as JSON, and goes on taking and giving rights as it is told,
a line each: `take ROLE RIGHT…`, `give ROLE RIGHT…`, `saved`.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import django

#: Whom a role becomes when it is taken away.
INSTEAD = {
    "contributor": "administrator",
    "editor": "contributor",
    "manager": "editor",
    "administrator": "manager",
}
#: How a session comes to its end. The first is tried at every address that a role opens, the others at a few.
WAYS = ("role", "account", "signed out", "password", "by themselves", "role, and given back")
A_FEW = 6
PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Right:
    """A right that `role` has, and what is refused without it; `also` are rights that open the same."""

    name: str
    role: str
    address: str
    method: str = "GET"
    also: tuple[str, ...] = ()

    @property
    def taken(self) -> tuple[str, ...]:
        return (self.name, *self.also)


def _viewed(name: str, role: str, address: str) -> Right:
    """Who may change something may look at it."""
    return Right(name, role, address, also=(name.replace("view_", "change_"),))


RIGHTS = (
    Right("articles.view_story", "editor", "/admin/articles/story/calendar/"),
    Right("articles.add_story", "editor", "/admin/articles/story/add/"),
    Right("articles.change_story", "editor", "/admin/articles/story/{story}/change/", "POST"),
    Right("articles.edit_any_story", "editor", "/admin/articles/story/{story}/change/"),
    Right("articles.view_image", "editor", "/admin/articles/image/picker/"),
    Right("articles.add_image", "editor", "/admin/articles/image/upload/"),
    Right("articles.change_image", "editor", "/admin/articles/image/{image}/change/", "POST"),
    Right("articles.view_section", "editor", "/admin/articles/section/"),
    Right("articles.add_section", "administrator", "/admin/articles/section/add/"),
    Right("articles.change_section", "administrator", "/admin/articles/section/{section}/change/", "POST"),
    Right("articles.view_tag", "editor", "/admin/articles/tag/"),
    Right("articles.add_tag", "editor", "/admin/articles/tag/add/"),
    Right("articles.change_tag", "manager", "/admin/articles/tag/{tag}/change/", "POST"),
    Right("articles.view_author", "editor", "/admin/articles/author/"),
    Right("articles.add_author", "manager", "/admin/articles/author/add/"),
    Right("articles.change_author", "manager", "/admin/articles/author/{author}/change/", "POST"),
    _viewed("articles.view_page", "manager", "/admin/articles/page/"),
    Right("articles.add_page", "manager", "/admin/articles/page/add/"),
    Right("articles.change_page", "manager", "/admin/articles/page/{page}/change/", "POST"),
    Right("articles.arrange_front_page", "editor", "/admin/articles/front/"),
    Right("articles.review_story", "manager", "/admin/articles/story/queue/"),
    Right("articles.publish_story", "manager", "/admin/articles/story/{story}/act/hold/"),
    Right("alerts.view_deliveries", "editor", "/admin/alerts/"),
    Right("alerts.manage_mail", "manager", "/admin/alerts/uncertain/"),
    Right("alerts.manage_subscribers", "administrator", "/admin/alerts/subscribers/"),
    _viewed("alerts.view_introduction", "manager", "/admin/alerts/introduction/"),
    Right("alerts.add_introduction", "manager", "/admin/alerts/introduction/add/"),
    Right(
        "alerts.change_introduction", "manager", "/admin/alerts/introduction/{introduction}/change/", "POST"
    ),
    _viewed("accounts.view_user", "administrator", "/admin/accounts/user/"),
    Right("accounts.add_user", "administrator", "/admin/accounts/user/add/"),
    Right("accounts.change_user", "administrator", "/admin/accounts/user/{user}/change/", "POST"),
)


def things(cast: Any) -> dict[str, int]:
    """One of each that the addresses name; the story is the second editor's."""
    from django.utils import timezone

    from alerts.models import Introduction
    from tests.newsdesk import author, draft, picture, section, topic
    from tests.title_pages import title_page

    now = timezone.now()
    said = {"text": "Good morning.", "changed_by": cast.manager, "changed_at": now}
    made = {
        "story": draft(cast.second_editor, headline="Of the second editor"),
        "image": picture(),
        "section": section(),
        "tag": topic(),
        "author": author(),
        "page": title_page(cast),
        "introduction": Introduction.objects.create(on=now.date(), **said),
        "user": cast.contributor,
    }
    return {name: row.pk for name, row in made.items()}


def take(role: str, *names: str) -> None:
    _role(role).permissions.remove(*_permissions(names))


def give(role: str, *names: str) -> None:
    _role(role).permissions.add(*_permissions(names))


def prepared() -> dict[str, Any]:
    """People of each role, one for each way, with two sessions for each address; whoever takes; what is named."""
    from tests.newsdesk import hire

    cast = hire()
    named = things(cast)
    opens = {role: list(_opened(getattr(cast, role), named["story"])) for role in INSTEAD}
    return {
        "named": named,
        "ended": [_person(role, way, opens[role]) for role in INSTEAD for way in WAYS],
        "rights": {role: _sessions(getattr(cast, role), 2) for role in INSTEAD},
        "administrator": _sessions(cast.administrator, 1)[0],
        "restricting": _restricting(cast, named["story"]),
    }


def saved() -> list[str]:
    """What the stories that are saved were last called."""
    from articles.models import Story

    return list(Story.objects.values_list("headline", flat=True))


def _person(role: str, way: str, opens: list[str]) -> dict[str, Any]:
    from tests.articles.admin.posting import change, filled
    from tests.newsdesk import _person, draft

    person = _person(f"{role}.{WAYS.index(way)}", role)
    person.save()
    addresses = opens if way == WAYS[0] else opens[:: max(1, len(opens) // A_FEW)]
    asked = [{"address": address, "sessions": _sessions(person, 2), "form": None} for address in addresses]
    if role in ("contributor", "editor", "manager"):
        story = draft(person, f"{role}, {way}")
        form = filled(story, headline=f"Saved by {role} after: {way}")
        asked.append({"address": change(story), "sessions": _sessions(person, 2), "form": form})
    fields = {"name": person.name, "email": person.email, "role": role, "is_active": "on"}
    spare = _sessions(person, 1)[0]
    return {"role": role, "way": way, "key": person.pk, "fields": fields, "asked": asked, "spare": spare}


def _restricting(cast: Any, story: int) -> dict[str, Any]:
    """The form by which the second editor keeps a story to themselves, and an editor who has it open in two places."""
    from articles.models import Story
    from tests.articles.admin.posting import change, filled

    own = Story.objects.get(pk=story)
    form = filled(own, restricted="on", restricted_to=[cast.second_editor.pk])
    pages = [
        change(own),
        *(f"/admin/articles/story/{story}/{page}/" for page in ("review", "revisions", "record")),
    ]
    return {
        "address": change(own),
        "form": form,
        "session": _sessions(cast.second_editor, 1)[0],
        "asked": [{"address": page, "sessions": _sessions(cast.editor, 2), "form": None} for page in pages],
    }


def _opened(person: Any, number: int) -> Iterator[str]:
    """Every address of the site's map that opens to this person and to nobody who is not signed in."""
    from django.conf import settings
    from django.test import Client

    from tests import walking

    somebody, nobody = (Client(SERVER_NAME=settings.ALLOWED_HOSTS[0]) for _ in range(2))
    somebody.force_login(person)
    for route, _ in walking.routes():
        address = walking.address(route, number)
        if somebody.get(address).status_code == 200 != nobody.get(address).status_code:
            yield address


def _sessions(person: Any, number: int) -> list[str]:
    from django.test import Client

    clients = [Client() for _ in range(number)]
    for client in clients:
        client.force_login(person)
    return [client.cookies["session"].value for client in clients]


def _role(name: str) -> Any:
    from django.contrib.auth.models import Group

    return Group.objects.get(name=name)


def _permissions(names: tuple[str, ...]) -> list[Any]:
    from django.contrib.auth.models import Permission

    parts = (name.partition(".") for name in names)
    return [
        Permission.objects.get(content_type__app_label=app, codename=codename) for app, _, codename in parts
    ]


if __name__ == "__main__":
    django.setup()
    print(json.dumps(prepared()), flush=True)
    known = {"take": take, "give": give, "saved": saved}
    for line in sys.stdin:
        act, *words = line.split()
        print(json.dumps(known[act](*words)), flush=True)  # type: ignore[operator]
