"""Makes claimed mails ready to be handed over: their letters are composed, and each is put into its envelope."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from datetime import datetime

import structlog

from accounts.models import User
from alerts.mails.composing import Emptied, compose
from alerts.mails.envelope import write
from alerts.mails.message import Mail
from alerts.models.deliveries import Delivery, State
from alerts.models.notices import Letter, Notice
from alerts.sending import claims
from alerts.sending.setting_aside import set_aside
from alerts.telling.reasons import reasons

log = structlog.get_logger(__name__)

#: Letters kept at hand: an alert has a few for all its recipients, a digest one for each set of stories.
_AT_HAND = 50

NOT_THEIRS = "the story is not theirs to know any more"

#: Of a mail to staff: whether what it is about is still theirs to know. The desk knows, and sending knows no desk.
MAY_STILL_KNOW: list[Callable[[User, Notice], bool]] = []


class Writer:
    """Keeps at hand the letters that were used lately, and what each reader follows that their mail is about."""

    def __init__(self) -> None:
        self._letters: OrderedDict[int, Letter] = OrderedDict()
        self._because: dict[int, list[str]] = {}

    def make_ready(self, claimed: list[Delivery], now: datetime) -> list[Delivery]:
        """Those that can be written, with their letters; what becomes of the others is written down."""
        ready = list(self._with_letters(claimed, now))
        about_stories = [delivery for delivery in ready if delivery.notice.edition_id]
        self._because |= reasons(about_stories) if about_stories else {}
        return ready

    def write(self, delivery: Delivery, now: datetime) -> Mail | None:
        """The mail, dated with the moment its sending begins; None where it cannot be written, which is noted."""
        delivery.begun_at = now
        try:
            return write(delivery, because=self._because.pop(delivery.pk, []))
        except Exception as fault:
            log.exception("a mail was not written", delivery=delivery.pk)
            claims.stumble(delivery, fault, now)
        return None

    def _with_letters(self, claimed: list[Delivery], now: datetime) -> Iterator[Delivery]:
        for delivery in claimed:
            if delivery.user is not None and not _is_theirs(delivery, delivery.user):
                claims.end(delivery, State.CANCELLED, NOT_THEIRS, now)
                continue
            try:
                delivery.letter = self._letter(delivery, now)
            except Emptied:
                set_aside(delivery, now, is_empty=True)
            except Exception as fault:
                log.exception("a letter was not composed", letter=delivery.letter_id)
                claims.stumble(delivery, fault, now)
            else:
                yield delivery

    def _letter(self, delivery: Delivery, now: datetime) -> Letter:
        """The letter as it stands; rendered now where this is its first mail. Two that render it write the same."""
        letter = self._letters.get(delivery.letter_id)
        if letter is None:
            letter = Letter.objects.get(pk=delivery.letter_id)
            letter.notice = delivery.notice
            compose(letter, now)
            self._letters[letter.pk] = letter
            if len(self._letters) > _AT_HAND:
                self._letters.popitem(last=False)
        return letter


def _is_theirs(delivery: Delivery, user: User) -> bool:
    """Whether they are on the staff still is asked at the stamp (`alerts.sending.stamping`)."""
    return not user.is_active or all(asked(user, delivery.notice) for asked in MAY_STILL_KNOW)
