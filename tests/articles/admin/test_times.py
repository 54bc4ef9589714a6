"""Drills B4 and B7: a time typed at the desk is one instant, and what was approved for it goes out at that instant."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from accounts.models import Role, User
from articles.models import Edition, Story
from tests.articles.admin.desk_pages import post, seen, signed_in, url
from tests.articles.admin.posting import change, filled
from tests.newsdesk import Cast, approved, draft, scheduled

SECOND = timedelta(seconds=1)
BEFORE = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)


def goes_out(story: Story) -> datetime:
    edition = story.editions.get()
    for before, live in ((SECOND, False), (timedelta(0), True)):
        assert Edition.objects.live(edition.published_at - before).filter(story=story).exists() == live
    return edition.published_at


class TestDrillB4:
    @pytest.mark.parametrize(
        ("typed", "instant"),
        [
            ("2027-01-15T06:00", datetime(2027, 1, 15, 6, tzinfo=UTC)),
            ("2027-07-15T06:00", datetime(2027, 7, 15, 5, tzinfo=UTC)),
            ("2027-03-28T00:59", datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
            ("2027-03-28T02:00", datetime(2027, 3, 28, 1, tzinfo=UTC)),
            ("2027-10-31T00:59", datetime(2027, 10, 30, 23, 59, tzinfo=UTC)),
            ("2027-10-31T02:00", datetime(2027, 10, 31, 2, tzinfo=UTC)),
            ("2028-02-29T06:00", datetime(2028, 2, 29, 6, tzinfo=UTC)),
        ],
    )
    def test_a_typed_time_is_one_instant_and_readers_have_it_at_that_second(
        self, typed: str, instant: datetime, cast: Cast
    ) -> None:
        story = approved(cast)
        assert post(cast.manager, story, "schedule", at=typed, **seen(story)).status_code == 302
        assert goes_out(story) == instant

    @pytest.mark.parametrize(
        ("which", "instant"),
        [("0", datetime(2027, 10, 31, 0, 30, tzinfo=UTC)), ("1", datetime(2027, 10, 31, 1, 30, tzinfo=UTC))],
    )
    def test_of_two_times_the_one_that_is_meant(self, which: str, instant: datetime, cast: Cast) -> None:
        story = approved(cast)
        data = {"at": "2027-10-31T01:30", "at-which": which, **seen(story)}
        assert post(cast.manager, story, "schedule", **data).status_code == 302
        assert goes_out(story) == instant

    @pytest.mark.parametrize("jump", [timedelta(hours=-1), timedelta(hours=1)])
    def test_a_clock_that_jumps_shows_nothing_early(
        self, jump: timedelta, client: Client, cast: Cast
    ) -> None:
        at = BEFORE + timedelta(minutes=30)
        story = scheduled(cast, at=at, slug="planned")
        with time_machine.travel(BEFORE + jump, tick=False):
            expected = 200 if BEFORE + jump >= at else 404
            assert client.get(f"/articles/{story.editions.get().slug}/").status_code == expected
        with time_machine.travel(at, tick=False):
            assert client.get("/articles/planned/").status_code == 200

    def test_the_servers_own_zone_does_not_matter(self, monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
        monkeypatch.setenv("TZ", "Pacific/Kiritimati")
        story = approved(cast)
        post(cast.manager, story, "schedule", at="2027-07-15T06:00", **seen(story))
        assert goes_out(story) == datetime(2027, 7, 15, 5, tzinfo=UTC)


class TestATimeThatComesTwice:
    def test_is_asked_about_in_words(self, cast: Cast) -> None:
        story = approved(cast)
        answer = post(cast.manager, story, "schedule", at="2027-10-31T01:30", **seen(story))
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "01:30 comes twice. Say which one is meant." in page
        assert "Which 01:30 on 31 October 2027?" in page
        assert "The first 01:30, BST (UTC+1)" in page
        assert "The second 01:30, GMT (UTC+0)" in page
        assert not story.editions.exists()

    def test_is_asked_about_on_the_form_too_and_shown_as_it_was_meant(self, cast: Cast) -> None:
        story = draft(cast.editor)
        client = signed_in(cast.editor)
        data = filled(story, embargo_at="2027-10-31T01:30")
        assert "The second 01:30" in client.post(change(story), data).text
        assert client.post(change(story), data | {"embargo_at-which": "1"}).status_code == 302
        story.refresh_from_db()
        assert story.embargo_at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
        page = client.get(change(story)).text
        assert 'name="embargo_at-which" value="1" checked' in page

    def test_a_choice_for_another_time_means_nothing(self, cast: Cast) -> None:
        story = approved(cast)
        data = {"at": "2027-10-31T06:00", "at-which": "1", **seen(story)}
        assert post(cast.manager, story, "schedule", **data).status_code == 302
        assert goes_out(story) == datetime(2027, 10, 31, 6, tzinfo=UTC)


class TestEmbargo:
    def test_ends_at_its_very_minute(self, cast: Cast) -> None:
        story = approved(cast, embargo_at=BEFORE + timedelta(hours=2))
        early = post(cast.manager, story, "schedule", at="2026-11-23T12:29", **seen(story))
        assert early.status_code == 422
        assert post(cast.manager, story, "schedule", at="2026-11-23T12:30", **seen(story)).status_code == 302


class TestDrillB7:
    """An approval is a fact about a text and a day: what becomes of its manager later takes nothing back."""

    @pytest.mark.parametrize("fate", [{"role": Role.EDITOR}, {"is_active": False}])
    def test_what_was_approved_goes_out_though_its_approver_has_gone(
        self, fate: dict[str, object], client: Client, cast: Cast
    ) -> None:
        at = BEFORE + timedelta(hours=1)
        scheduled(cast, at=at, slug="planned")
        User.objects.filter(pk=cast.manager.pk).update(**fate)
        with time_machine.travel(at, tick=False):
            assert client.get("/articles/planned/").status_code == 200

    def test_another_manager_can_still_stop_it(self, cast: Cast) -> None:
        story = scheduled(cast, at=BEFORE + timedelta(hours=1))
        User.objects.filter(pk=cast.manager.pk).update(is_active=False)
        assert post(cast.second_manager, story, "unschedule").status_code == 302
        assert signed_in(cast.second_manager).get(url("review", story)).status_code == 200
