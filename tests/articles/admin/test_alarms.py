"""What my desk says before everything else, to whom, and what that costs."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from articles.admin.alarms import alarms
from articles.desk import heartbeat, workflow
from articles.models import Story
from tests.articles.admin.desk_pages import LATER, post, signed_in
from tests.newsdesk import MINUTE, NOW, Cast, change, draft, published, scheduled, submitted

NOBODY_LEFT = "no manager is left"
UNSEEN = "No manager may see this story, so nobody can approve it"


def desk(person: User) -> str:
    return signed_in(person).get("/admin/").text


def restrict(story: Story, *named: User) -> Story:
    Story.objects.filter(pk=story.pk).update(restricted=True)
    story.restricted_to.set(named)
    return story


def dismiss(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)


class TestManagers:
    def test_hear_of_overdue_reviews(self, cast: Cast) -> None:
        submitted(cast, due_at=NOW - timedelta(hours=1))
        assert "Overdue for review" in desk(cast.manager)
        assert "Overdue for review" not in desk(cast.editor)

    def test_hear_of_signatures_long_owed(self, cast: Cast) -> None:
        story, before = draft(cast.editor), NOW - timedelta(days=2)
        workflow.perform(story, "publish_unreviewed", by=cast.manager, now=before, note="Noon.", revision=1)
        words = "1 story was published without review more than a day ago and is still not countersigned"
        assert words in desk(cast.second_manager)

    def test_hear_where_all_of_them_have_worked_on_a_story(self, cast: Cast) -> None:
        submitted(cast, by=cast.manager)
        assert NOBODY_LEFT not in desk(cast.manager)
        dismiss(cast.second_manager)
        assert NOBODY_LEFT in desk(cast.manager)

    def test_do_not_count_for_a_story_that_they_may_not_see(self, cast: Cast) -> None:
        story = restrict(submitted(cast, by=cast.manager), cast.editor)
        assert NOBODY_LEFT in desk(cast.manager)
        story.restricted_to.add(cast.second_manager)
        assert NOBODY_LEFT not in desk(cast.manager)

    def test_may_approve_again_once_their_work_is_before_readers(self, cast: Cast) -> None:
        dismiss(cast.second_manager)
        story = published(cast)
        change(story, by=cast.manager, now=NOW, kicker="Records", change_kind="update")
        post(cast.manager, story, "submit")
        assert NOBODY_LEFT in desk(cast.manager)
        story = published(cast, headline="Another")
        Story.objects.exclude(pk=story.pk).update(state="draft")
        change(story, by=cast.editor, now=NOW, kicker="Records", change_kind="update")
        post(cast.editor, story, "submit")
        assert NOBODY_LEFT not in desk(cast.manager)

    def test_are_shown_some_and_led_to_all(self, cast: Cast) -> None:
        for number in range(7):
            submitted(cast, headline=f"Late {number}", due_at=NOW)
        (told,) = signed_in(cast.manager).get("/admin/").context["alarms"]
        assert (len(told.lines), told.more) == (5, True)
        shown = signed_in(cast.manager).get(told.all_url).context["stories"]
        assert len(shown) == 7

    def test_hear_nothing_on_a_good_day(self, cast: Cast) -> None:
        submitted(cast)
        assert "alarm-1" not in desk(cast.manager)


class TestAStoryThatNoManagerMaySee:
    def test_is_told_to_those_who_may_with_the_way_to_mend_it(self, cast: Cast) -> None:
        story = restrict(submitted(cast), cast.second_editor)
        for person in (cast.editor, cast.second_editor):
            assert UNSEEN in desk(person)
            assert f'href="/admin/articles/story/{story.pk}/change/#id_restricted_to"' in desk(person)
            assert "name a manager (Manager, Second Manager) among those" in desk(person)
        for person in (cast.manager, cast.contributor, cast.administrator):
            assert UNSEEN not in desk(person)

    def test_sends_those_who_cannot_name_anybody_to_one_who_can(self, cast: Cast) -> None:
        restrict(submitted(cast, by=cast.contributor))
        assert UNSEEN in desk(cast.contributor)
        assert "An editor who may see it has to name one" in desk(cast.contributor)
        assert "#id_restricted_to" not in desk(cast.contributor)

    def test_is_no_alarm_once_a_manager_is_named_and_still_works_here(self, cast: Cast) -> None:
        restrict(submitted(cast), cast.second_editor, cast.manager)
        assert UNSEEN not in desk(cast.editor)
        dismiss(cast.manager)
        assert UNSEEN in desk(cast.editor)

    def test_is_no_alarm_when_a_manager_began_it_or_before_it_waits(self, cast: Cast) -> None:
        restrict(submitted(cast, by=cast.manager), cast.editor)
        restrict(draft(cast.editor))
        assert UNSEEN not in desk(cast.editor)

    def test_is_told_of_in_the_plural_where_there_are_several(self, cast: Cast) -> None:
        for headline in ("One", "Another"):
            restrict(submitted(cast, headline=headline))
        assert "No manager may see these stories, so nobody can approve them" in desk(cast.editor)


class TestWhatTheyCost:
    def test_is_the_same_for_one_of_each_as_for_five(self, cast: Cast) -> None:
        heartbeat.beat("worker", started_at=NOW, now=LATER)
        for amount in (1, 4):
            for _ in range(amount):
                one_of_each(cast)
            assert cost(cast.manager) == 4 + OF_LATE + OF_MAIL + 1
            assert cost(cast.editor) == 3 + OF_LATE + OF_MAIL
            assert cost(cast.contributor) == 1
            assert cost(cast.administrator) == OF_MAIL + 1 + OF_BACKUPS


#: A worker's sign of life, what failed, who may see that; of each of two side effects how far it was looked, and what
#: no worker has looked at.
OF_LATE = 7
#: What stops mail, a worker's sign of life, what is due, whose readers are not worked out; for who may settle them, the
#: uncertain ones.
OF_MAIL = 4
#: The last backup, and the last good one.
OF_BACKUPS = 2


def one_of_each(cast: Cast) -> None:
    submitted(cast, due_at=NOW)
    restrict(submitted(cast, by=cast.contributor), cast.editor)
    rushed, before = draft(cast.editor), NOW - timedelta(days=2)
    workflow.perform(rushed, "publish_unreviewed", by=cast.manager, now=before, note="Noon.", revision=1)
    scheduled(cast, at=NOW + MINUTE)


def cost(person: User) -> int:
    person.get_all_permissions()
    with CaptureQueriesContext(connection) as queries:
        alarms(person, LATER)
    return len(queries)
