"""What readers must not get any more is not begun, however late that became so."""

from datetime import timedelta

import pytest

from alerts.fan_out import fan_out
from alerts.models import Delivery, Letter, LetterEdition, Notice, State
from alerts.models.deliveries import WITHHELD
from alerts.redacting import forget_renderings
from alerts.telling.noticing import tell
from articles.desk import workflow
from articles.models import Edition, Story, Withholding, WithholdingKind
from tests.alerts.digests.readership import reader as daily_reader
from tests.alerts.digests.readership import work
from tests.alerts.readers import follow, reader
from tests.alerts.sending.outbox import Clock, send, state, states
from tests.mailserver import MailServer
from tests.newsdesk import NOW, Cast, live, published, republished

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def story(cast: Cast) -> Story:
    """A story that is owed to one reader."""
    follow(reader(), frequency="at_once")
    story = published(cast)
    tell(live(story), now=NOW)
    fan_out(NOW)
    return story


def withhold(edition: Edition, cast: Cast, now=NOW) -> None:
    Withholding.objects.create(
        edition=edition, kind=WithholdingKind.values[0], placed_at=now, placed_by=cast.manager
    )


class TestAnAlert:
    def test_of_what_readers_have_is_sent(self, story: Story, server: MailServer, clock: Clock):
        send(clock)
        assert states() == {State.ACCEPTED: 1}
        assert live(story).headline in server.received[0].message["Subject"]

    def test_of_what_was_taken_down_is_not(self, story: Story, cast: Cast, server: MailServer, clock: Clock):
        clock.pass_by(minutes=1)
        workflow.perform(
            story,
            "take_down",
            by=cast.manager,
            now=clock.now,
            kind="error",
            public_note="Published too soon.",
        )
        send(clock)
        assert set(Delivery.objects.values_list("state", "reason")) == {(State.CANCELLED, "removed")}
        assert server.received == []

    def test_of_what_was_changed_brings_the_story_as_it_is_now(
        self, story: Story, cast: Cast, server: MailServer, clock: Clock
    ):
        clock.pass_by(minutes=1)
        republished(
            story,
            cast,
            now=clock.now,
            headline="Another headline",
            change_kind="typo",
            public_note="Spelling.",
        )
        send(clock)
        assert server.received == []
        tell(live(story, clock.now), now=clock.now)
        fan_out(clock.now)
        send(clock)
        assert [mail.message["Subject"] for mail in server.received] == ["Another headline"]

    def test_of_what_is_withheld_is_not(self, story: Story, cast: Cast, server: MailServer, clock: Clock):
        withhold(live(story), cast)
        send(clock)
        assert set(Delivery.objects.values_list("state", "reason")) == {(State.CANCELLED, WITHHELD)}
        assert server.received == []

    def test_whose_letter_was_blanked_meanwhile_is_written_anew(
        self, story: Story, server: MailServer, clock: Clock
    ):
        from alerts.sending import claims
        from alerts.sending.setting_aside import set_aside
        from alerts.sending.stamping import begin
        from alerts.sending.writing import Writer

        [mine] = Writer().make_ready(claims.claim("alert", 5, NOW), NOW)
        forget_renderings(story)
        assert not begin(mine, now=NOW)
        set_aside(mine, NOW)
        assert state(mine) == State.READY
        clock.pass_by(minutes=1)
        send(clock)
        assert state(mine) == State.ACCEPTED


class TestADigest:
    @pytest.fixture
    def stories(self, cast: Cast) -> list[Story]:
        """Two stories, in a digest that waits."""
        daily_reader(since=NOW - DAY)
        work(NOW - DAY)
        stories = [published(cast, headline=headline) for headline in ("The first", "The second")]
        work(NOW + DAY)
        return stories

    def test_leaves_out_what_is_withheld(
        self, stories: list[Story], cast: Cast, server: MailServer, clock: Clock
    ):
        clock.pass_by(days=1)
        withhold(live(stories[0]), cast, clock.now)
        for _ in range(2):
            send(clock)
        [mail] = server.received
        assert "The first" not in mail.message.as_string()
        assert "The second" in mail.message.as_string()
        assert list(_told_of()) == [live(stories[1]).pk]

    def test_of_which_nothing_is_left_is_not_sent(
        self, stories: list[Story], cast: Cast, server: MailServer, clock: Clock
    ):
        clock.pass_by(days=1)
        for story in stories:
            withhold(live(story), cast, clock.now)
        send(clock)
        assert states() == {State.CANCELLED: 1}
        assert server.received == []

    def test_tells_of_what_readers_have_now(
        self, stories: list[Story], cast: Cast, server: MailServer, clock: Clock
    ):
        clock.pass_by(days=1)
        republished(
            stories[0], cast, now=clock.now, headline="Put right", change_kind="typo", public_note="Spelling."
        )
        for _ in range(2):
            send(clock)
        [mail] = server.received
        assert "Put right" in mail.message.as_string()


def _told_of() -> list[int]:
    sent = Letter.objects.filter(deliveries__state=State.ACCEPTED, notice__kind=Notice.Kind.DIGEST)
    return sorted(LetterEdition.objects.filter(letter__in=sent).values_list("edition", flat=True))
