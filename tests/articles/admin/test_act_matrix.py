"""Drill C1, small: every act in every situation, asked for over HTTP by everybody (the table is written by hand)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from articles.admin import acting, preview_links, withheld
from articles.admin.review import Attempt
from articles.body.faults import mark
from articles.desk import workflow
from articles.desk.acts import RULES
from articles.desk.record import write_event
from articles.models import PreviewLink, Story, StoryEvent
from tests.articles.admin.desk_pages import SITUATIONS, TOLD_OF, in_situation, seen, signed_in, url
from tests.newsdesk import NOW, Cast, published

# E wrote and sent the story, S is another editor, M did with it what managers do, N is another manager. The
# contributor had no part in it and the administrator reads no stories: for both it does not exist.
WRITERS, MANAGERS = "ESMN", "MN"
OUTSIDE = {"contributor", "administrator", "nobody"}
#: Whoever may not know of a story is turned away before it matters which act they ask for.
A_FEW = {"submit", "publish", "hold"}
NOT_HELD = [name for name in SITUATIONS if name != "held"]
MAY: dict[str, dict[str, str]] = {
    "submit": {"draft": WRITERS},
    "recall": {"in review": "E", "claimed": "E"},
    "request_changes": dict.fromkeys(("in review", "claimed", "approved", "scheduled"), MANAGERS),
    "claim": {"in review": MANAGERS, "claimed": "N"},
    "unclaim": {"claimed": MANAGERS},
    "override": dict.fromkeys(("draft", "in review", "claimed", "approved", "held"), MANAGERS),
    "require_again": dict.fromkeys(
        ("draft", "in review", "claimed", "approved", "scheduled", "held"), MANAGERS
    ),
    "approve": {"in review": MANAGERS, "claimed": MANAGERS},
    "publish": {"approved": MANAGERS, "scheduled": MANAGERS},
    "schedule": {"approved": MANAGERS, "scheduled": MANAGERS},
    "unschedule": {"scheduled": MANAGERS},
    "publish_unreviewed": dict.fromkeys(("draft", "in review", "claimed"), MANAGERS),
    "countersign": {"published unreviewed": "N"},
    "hold": dict.fromkeys(NOT_HELD, MANAGERS),
    "lift_hold": {"held": "N"},
    "take_down": {"live": MANAGERS, "published unreviewed": MANAGERS},
    "reinstate": {"removed": MANAGERS},
    "withhold": {"removed": MANAGERS},
    "lift_withholding": {"withheld": "N"},
    "redact": dict.fromkeys(NOT_HELD, MANAGERS),
    "spike": {"draft": WRITERS},
    "unspike": {"spiked": WRITERS},
    "assign": {name: WRITERS for name in SITUATIONS if name != "spiked"},
    "revert_to": {name: WRITERS for name in NOT_HELD if name != "spiked"},
    "add_note": {name: WRITERS for name in SITUATIONS if name != "spiked"},
    # No story here has a note; test_notes.py has the table for one that does.
    "reply": {},
    "resolve_note": {},
    "reopen_note": {},
    "accept_suggestion": {},
    "share_preview": dict.fromkeys(("draft", "in review", "claimed", "approved", "scheduled"), WRITERS),
    "revoke_preview": dict.fromkeys(SITUATIONS, WRITERS),
}

# Theirs to do, but the story is not ready for it: what is live cannot be withheld, what is withheld comes back to
# nobody, and what is published already has no change to be reviewed.
NOT_YET: dict[str, dict[str, str]] = {
    "submit": {"published unreviewed": WRITERS},
    "withhold": dict.fromkeys(("live", "published unreviewed", "withheld"), MANAGERS),
    "reinstate": {"withheld": MANAGERS},
}


#: What an act answers when it is done, unless 302: a new link stands in this one answer.
DONE = {"share_preview": 201}

#: What is wrong with the story once the one it links to is gone.
LINKS = '<p>As <a href="/articles/closed/">reported before</a>.</p>'
ISSUE = f"link_gone:{mark('closed')}"


def _people(cast: Cast) -> dict[str, Any]:
    return {
        "E": cast.editor,
        "S": cast.second_editor,
        "M": cast.manager,
        "N": cast.second_manager,
        "contributor": cast.contributor,
        "administrator": cast.administrator,
        "nobody": None,
    }


def _payload(story: Story, act: str) -> dict[str, Any]:
    needed: dict[str, dict[str, Any]] = {
        "schedule": {"at": "2026-11-25T06:00"},
        "take_down": {"kind": "privacy", "public_note": "A name was printed by mistake."},
        "countersign": {"debt": seen(story)["hash"]},
        "withhold": {"kind": "privacy", "edition": story.editions.values_list("pk", flat=True).first() or ""},
        "lift_withholding": {"edition": story.editions.values_list("pk", flat=True).first() or ""},
        "redact": {"words": "eleven", "confirmation": "redact"},
        "revert_to": {"number": 1},
        "override": {"rule": ISSUE},
        "require_again": {"rule": ISSUE},
        "share_preview": {"for_whom": "The minister's office", "days": 7},
        "revoke_preview": {"link": story.preview_links.values_list("pk", flat=True).first() or ""},
    }
    return {"note": "Because.", **seen(story), **needed.get(act, {})}


def _expected(act: str, situation: str, who: str) -> int:
    if who in {"contributor", "administrator"}:
        return 404
    if who == "nobody":
        return 302
    if who in NOT_YET.get(act, {}).get(situation, ""):
        return 422
    return DONE.get(act, 302) if who in MAY[act].get(situation, "") else 403


def test_the_table_knows_every_act() -> None:
    assert {*MAY, "save"} == {act.value for act in RULES}


@pytest.mark.parametrize("situation", TOLD_OF)
@pytest.mark.usefixtures("_bare_pages")
def test_acts_answer_as_the_table_says(situation: str, cast: Cast) -> None:
    closed = published(cast, headline="Closed")
    story = in_situation(cast, situation, body=LINKS)
    people = {who: (person, signed_in(person)) for who, person in _people(cast).items()}
    wrong = []
    for act in MAY:
        for who, (person, client) in people.items():
            if who in OUTSIDE and act not in A_FEW:
                continue
            with transaction.atomic():
                _make_room_for(act, story, closed, cast)
                problem = _try(story, act, who, person, client, _expected(act, situation, who))
                transaction.set_rollback(True)
            if problem:
                wrong.append(f"{act} by {who}: {problem}")
    assert wrong == []


def _make_room_for(act: str, story: Story, closed: Story, cast: Cast) -> None:
    """What an act on an issue needs: an issue, and for taking an override back an override; and a link to end."""
    if act in {"override", "require_again"}:
        gone = {"kind": "error", "public_note": "Untrue."}
        workflow.perform(closed, "take_down", by=cast.manager, now=NOW, **gone)
    if act == "revoke_preview":
        link = {"revision": story.revisions.latest("number"), "for_whom": "The minister's office"}
        week = {"created_at": NOW, "expires_at": NOW + timedelta(days=7)}
        PreviewLink.objects.create(story=story, token_hash="-", created_by=cast.editor, **link, **week)
    if act == "require_again":
        known = {"revision": story.revisions.latest("number"), "details": {"rule": ISSUE}}
        write_event(story, "override", by=cast.second_manager, now=NOW, note="It stays on record.", **known)


@pytest.fixture
def _bare_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the statuses count here; what the pages say is for the other tests."""

    def bare(_request: Any, _admin: Any, _story: Any, *rest: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponse(status=next(part.status for part in rest if isinstance(part, Attempt)))

    for page in ("review_page", "confirm_page"):
        monkeypatch.setattr(acting, page, bare)
    for module in (withheld, preview_links):
        monkeypatch.setattr(module, "TemplateResponse", lambda *args, status: HttpResponse(status=status))


def _try(story: Story, act: str, who: str, person: Any, client: Client, expected: int) -> str:
    before = _facts(story)
    answer = client.post(url("act", story, act), _payload(story, act))
    done = answer.status_code in {201, 302} and who != "nobody"
    if answer.status_code != expected:
        return f"{answer.status_code} instead of {expected}"
    if who == "nobody" and not answer["Location"].startswith("/admin/login/"):
        return f"led to {answer['Location']}"
    events = StoryEvent.objects.filter(story=story, act=act, actor=person).order_by("-number")
    if done:
        return "" if events.first() and events.first().refusal == "" else "no event"
    if _facts(story) != before:
        return "something changed"
    if expected == 403 and not (events.first() and events.first().refusal):
        return "the refusal was not recorded"
    return ""


def _facts(story: Story) -> Any:
    """Everything about a story that an act could change."""
    now = Story.objects.get(pk=story.pk)
    editions = list(story.editions.order_by("pk").values_list("pk", "published_at", "superseded_at"))
    return now.state, now.version, now.headline, now.assignee_id, now.slug, editions
