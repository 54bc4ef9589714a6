"""The workflow as a machine that people drive at random: save, hold back, act, and let time pass.

Whatever they do, what readers get is what somebody else approved, and one story is live in one form at a time.
"""

import os
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from accounts.models import User
from articles.desk import workflow
from articles.desk.acts import RULES, Act
from articles.desk.preview_links import door_of
from articles.desk.public import hash_of
from articles.desk.record import chain_hash
from articles.desk.refusals import NotReady, Refused, Stale
from articles.desk.verification import verify_story
from articles.models import Edition, Story
from tests.newsdesk import NOW, Cast, draft, hire

PEOPLE = st.sampled_from(
    ["contributor", "editor", "second_editor", "manager", "second_manager", "administrator"]
)
WORDS = st.sampled_from(["One store", "Two stores", "Nine stores", "Eleven stores"])
MINUTES = st.integers(min_value=1, max_value=600)


class Newsroom(RuleBasedStateMachine):
    """One story, six people and a clock."""

    cast: Cast
    story: Story
    now: datetime
    held_back: list[int]

    @initialize()
    def open(self) -> None:
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.cast = hire()
        self.now = NOW
        self.story = draft(self.cast.editor, now=self.now)
        self.held_back = []

    def teardown(self) -> None:
        if hasattr(self, "transaction"):
            assert list(verify_story(self.story.pk)) == []
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    @rule(minutes=MINUTES)
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(who=PEOPLE, words=WORDS, kind=st.sampled_from(["update", "correction", "typo"]))
    def save(self, who: str, words: str, kind: str) -> None:
        """A form posted with what it opened on: forms do everything in one transaction."""
        self._save(who, self.story.version, headline=words, change_kind=kind, public_note="What was wrong.")

    @rule()
    def hold_a_form_back(self) -> None:
        self.held_back.append(self.story.version)

    @precondition(lambda self: self.held_back)
    @rule(who=PEOPLE, words=WORDS)
    def post_a_form_that_was_held_back(self, who: str, words: str) -> None:
        seen, version, state = self.held_back.pop(0), self.story.version, self.story.state
        outcome = self._save(who, seen, headline=words)
        if seen != version:
            assert outcome is not None
            assert (self.story.version, self.story.state) == (version, state)

    @rule(who=PEOPLE, minutes=st.integers(min_value=-60, max_value=60) | st.none())
    def set_an_embargo(self, who: str, minutes: int | None) -> None:
        until = None if minutes is None else self.now + timedelta(minutes=minutes)
        self._save(who, self.story.version, embargo_at=until)

    @rule(
        who=PEOPLE,
        act=st.sampled_from([act for act in RULES if act is not Act.SAVE]),
        minutes=MINUTES,
        stale=st.booleans(),
        number=st.integers(min_value=1, max_value=4),
    )
    def act(self, who: str, act: Act, minutes: int, stale: bool, number: int) -> None:
        person: User = getattr(self.cast, who)
        self.now += timedelta(seconds=1)
        details: dict[str, Any] = {
            "revision": self.story.version - (1 if stale else 0),
            "at": self.now + timedelta(minutes=minutes),
            "kind": "error",
            "public_note": "Published too soon.",
            "number": number,
            "debt": self._debt(),
            **self._about_notes(number),
            **self._about_links(),
        }
        promised = {a.act: a.allowed for a in workflow.available(self.story, person, self.now)}[act]
        before = self.story.events.count()
        try:
            workflow.perform(self.story, act, by=person, now=self.now, note="A note.", **details)
        except Stale:
            assert stale
        except NotReady:
            pass
        except Refused:
            assert not promised
        else:
            assert promised
        assert self.story.events.count() > before

    @rule(
        manager=st.sampled_from(["manager", "second_manager"]),
        minutes=MINUTES,
        ahead=st.booleans(),
        steps=st.integers(min_value=1, max_value=5),
    )
    def go_on(self, manager: str, minutes: int, ahead: bool, steps: int) -> None:
        """The usual next steps, so that many runs get as far as readers."""
        for _ in range(steps):
            self._usual_step(manager, minutes, ahead)

    def _usual_step(self, manager: str, minutes: int, ahead: bool) -> None:
        if hold := self.story.events.open_holds().first():
            self._act_of_another(hold.actor, Act.LIFT_HOLD)
        elif self.story.notes.open().exists():
            self.act("editor", Act.RESOLVE_NOTE, minutes, False, 1)
        elif self.story.state == Story.State.DRAFT:
            self.act("editor", Act.SUBMIT, minutes, False, 1)
        elif self.story.state == Story.State.IN_REVIEW:
            self.act(manager, Act.APPROVE, minutes, False, 1)
        elif self.story.state == Story.State.APPROVED:
            self.act(manager, Act.SCHEDULE if ahead else Act.PUBLISH, minutes, False, 1)
        else:
            self.act("editor", Act.UNSPIKE, minutes, False, 1)

    @precondition(lambda self: self.story.editions.current(self.now).exists())
    @rule(manager=st.sampled_from(["manager", "second_manager"]), minutes=MINUTES)
    def take_down_or_bring_back(self, manager: str, minutes: int) -> None:
        removed = self.story.editions.current(self.now).exclude(removal_kind="").exists()
        self.act(manager, Act.REINSTATE if removed else Act.TAKE_DOWN, minutes, False, 1)

    @rule(manager=st.sampled_from(["manager", "second_manager"]), lifted=st.booleans())
    def hold(self, manager: str, lifted: bool) -> None:
        self.act(manager, Act.HOLD, 1, False, 1)
        if lifted:
            self._act_of_another(getattr(self.cast, manager), Act.LIFT_HOLD)

    @precondition(lambda self: self.story.state in {Story.State.DRAFT, Story.State.IN_REVIEW})
    @rule(manager=st.sampled_from(["manager", "second_manager"]))
    def publish_without_review(self, manager: str) -> None:
        self.act(manager, Act.PUBLISH_UNREVIEWED, 1, False, 1)

    @precondition(lambda self: self.story.events.open_debts().exists())
    @rule()
    def countersign(self) -> None:
        debt = self.story.events.open_debts().first()
        assert debt is not None
        self._act_of_another(debt.actor, Act.COUNTERSIGN)

    def _act_of_another(self, person: User | None, act: Act) -> None:
        other = "second_manager" if person == self.cast.manager else "manager"
        self.act(other, act, 1, False, 1)

    def _debt(self) -> str:
        debt = self.story.events.open_debts().first()
        return debt.revision_hash if debt else ""

    @invariant()
    def nothing_begins_while_the_story_is_held(self) -> None:
        if not hasattr(self, "story"):
            return
        events = list(self.story.events.done("hold", "lift_hold").order_by("number").values_list("act", "at"))
        ends = [*(at for _, at in events[1:]), datetime.max.replace(tzinfo=UTC)]
        held = [(at, end) for (act, at), end in zip(events, ends, strict=False) if act == "hold"]
        begun = self.story.editions.effective().filter(removal_kind="").values_list("published_at", flat=True)
        assert not [at for at in begun for start, end in held if start < at < end]

    @invariant()
    def a_debt_is_settled_by_somebody_without_part_in_it(self) -> None:
        if not hasattr(self, "story"):
            return
        owed = self.story.events.done("publish_unreviewed")
        unreviewed = self.story.editions.filter(origin="unreviewed").values_list("approval", flat=True)
        assert set(unreviewed) == {event.pk for event in owed}
        for signature in self.story.events.done("countersign").select_related("revision"):
            published = signature.revision
            assert published is not None
            before = self.story.editions.effective().filter(revision__number__lt=published.number)
            since = max([0, *before.values_list("revision__number", flat=True)])
            written = self.story.revisions.filter(number__gt=since, number__lte=published.number)
            assert not written.filter(saved_by=signature.actor).exists()
            assert not owed.filter(revision=published, actor=signature.actor).exists()

    @invariant()
    def one_form_at_a_time(self) -> None:
        if not hasattr(self, "story"):
            return
        ranges = sorted(self.story.editions.effective().values_list("published_at", "superseded_at"))
        assert all(end <= begin for (_, end), (begin, _) in pairwise(ranges))

    @invariant()
    def readers_get_what_somebody_else_approved(self) -> None:
        if not hasattr(self, "story"):
            return
        for edition in self.story.editions.filter(origin="reviewed").select_related("revision", "approval"):
            assert hash_of(edition.content) == edition.revision.hash
            assert edition.approval is not None
            assert edition.approval.revision_hash == edition.content_hash
            assert edition.approval.actor_id in {self.cast.manager.pk, self.cast.second_manager.pk}
            since = self.story.editions.effective().filter(published_at__lt=edition.published_at)
            numbers = [0, *since.values_list("revision__number", flat=True)]
            written = self.story.revisions.filter(
                number__gt=max(numbers), number__lte=edition.revision.number
            )
            assert not written.filter(saved_by=edition.approval.actor).exists()

    @invariant()
    def nothing_appears_before_its_embargo_or_unapproved(self) -> None:
        if not hasattr(self, "story"):
            return
        for edition in Edition.objects.scheduled(self.now).filter(story=self.story):
            assert not self.story.is_embargoed(edition.published_at)
            assert self.story.state == Story.State.APPROVED

    @invariant()
    def the_record_holds_together(self) -> None:
        if not hasattr(self, "story"):
            return
        previous = ""
        for event in self.story.events.order_by("number"):
            assert event.previous_hash == previous
            assert event.hash == chain_hash(event)
            previous = event.hash
        newest = self.story.revisions.order_by("-number").first()
        assert newest is not None and newest.number == self.story.version

    def _about_notes(self, number: int) -> dict[str, Any]:
        """Words for the headline, or none; and the thread that waits longest."""
        note = self.story.notes.open().order_by("pk").first() or self.story.notes.threads().first()
        suggested = {"quote": "store", "replacement": "shop"} if number % 2 else {}
        return {"thread": note.pk if note else None, **suggested}

    def _about_links(self) -> dict[str, Any]:
        """A new link to somebody outside, and the one that may be ended first."""
        link = self.story.preview_links.open(self.now).order_by("pk").first()
        named = {"for_whom": "Dr Osei", "token_hash": str(self.story.events.count())}
        return {**named, "link": link.pk if link else None}

    @invariant()
    def no_open_link_shows_what_readers_have(self) -> None:
        if not hasattr(self, "story"):
            return
        door = door_of(self.story, self.now)
        shown = [link for link in self.story.preview_links.open(self.now) if not door.shut_for(link)]
        had = self.story.editions.published(self.now).values_list("revision", flat=True)
        assert not {link.revision_id for link in shown} & {*had}

    @invariant()
    def nothing_is_approved_over_an_open_note(self) -> None:
        if not hasattr(self, "story"):
            return
        approval = self.story.events.done("approve").first()
        if approval is None:
            return
        before = self.story.notes.threads().filter(at__lt=approval.at)
        assert not before.open().exists() or self.story.events.done("reopen_note").exists()

    def _save(self, who: str, seen: int, **fields: Any) -> Refused | None:
        person: User = getattr(self.cast, who)
        self.now += timedelta(seconds=1)
        desk_fields = [name for name in fields if name == "embargo_at"]
        try:
            with transaction.atomic():
                copy = Story.objects.get(pk=self.story.pk)
                for name, value in fields.items():
                    setattr(copy, name, value)
                copy.save()
                workflow.perform(copy, "save", by=person, now=self.now, revision=seen, fields=desk_fields)
        except Refused as refusal:
            return refusal
        finally:
            self.story.refresh_from_db()
        return None


class TestNewsroom(TestCase):
    def test_holds_its_promises_whatever_people_do(self) -> None:
        from hypothesis.stateful import run_state_machine_as_test

        run_state_machine_as_test(
            Newsroom,
            settings=settings(
                max_examples=8 if os.environ.get("SECOND_DATABASE") else 16,
                stateful_step_count=30,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                database=None,
                derandomize=True,
                phases=[Phase.explicit, Phase.generate],
            ),
        )
