"""A sample of each kind of mail, written by the code that writes the real ones, about a story that readers have."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alerts.mails import digests, editions, service, staff
from alerts.mails.own import nobodys
from alerts.mails.words import Words
from alerts.models.introductions import Introduction
from alerts.models.registrations import Registration
from alerts.models.subscriptions import Frequency
from articles.models.editions import Edition
from articles.models.kinds import NOTED_CHANGES, ChangeKind, RemovalKind

NOTE = "Here stands the note that an editor writes for readers, and a manager reads before it is sent."

#: Stories in the sample of a digest.
A_DIGEST = 6

type Writer = Callable[[Edition, datetime], Words]


@dataclass(frozen=True)
class Sample:
    name: str
    title: str
    #: Who gets such a mail, and when.
    when: str
    write: Writer


def of_story(kind: Sample, edition: Edition, now: datetime) -> Words:
    """The mail about this edition, with its topics as the reason to get it and links that lead nowhere of anybody's."""
    names = [topic["name"] for topic in edition.topics]
    return kind.write(edition, now).filled(nobodys(names))


def newest(now: datetime) -> Edition | None:
    """The story that samples are about."""
    live = Edition.objects.live(now).newest_first()
    return live.select_related("section", "lead_image").first()


def _changed(kind: ChangeKind, write: Writer) -> Writer:
    def changed(edition: Edition, now: datetime) -> Words:
        note = {"at": now.isoformat(), "kind": kind.value, "note": NOTE}
        notes = [*edition.corrections, note] if kind in NOTED_CHANGES else edition.corrections
        return write(_as(edition, change_kind=kind, public_note=NOTE, corrections=notes), now)

    return changed


def _removed(kind: RemovalKind) -> Writer:
    return lambda edition, now: editions.removal(_as(edition, removal_kind=kind, public_note=NOTE), now)


def _as(edition: Edition, **fields: Any) -> Edition:
    """The edition as if it were another; never saved."""
    other = copy(edition)
    for name, value in fields.items():
        setattr(other, name, value)
    return other


def _digest(*, is_weekly: bool, everything: bool = False) -> Writer:
    def write(edition: Edition, now: datetime) -> Words:
        introduction = Introduction.objects.order_by("-on").first() if everything else None
        contents = {
            "groups": _groups(now),
            "everything": everything,
            "introduction": introduction and introduction.pk,
        }
        return digests.digest(contents, is_weekly=is_weekly, at=now, now=now)

    return write


def _groups(now: datetime) -> list[dict[str, Any]]:
    """The newest live stories under what they are about."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for edition in Edition.objects.live(now).newest_first().select_related("section")[:A_DIGEST]:
        names = [topic["name"] for topic in edition.topics] or [str(edition.section or "")]
        groups.setdefault(names[0], []).append({"edition": edition.pk, "because": names})
    return [{"follows": [name], "editions": rows} for name, rows in groups.items()]


def _confirm(edition: Edition, now: datetime) -> Words:
    choices = {
        "topics": list(edition.tags.values_list("pk", flat=True)),
        "sections": [edition.section_id] if edition.section_id else [],
    }
    return service.confirm(Registration(choices=choices, frequency=Frequency.AT_ONCE))


def _staff(edition: Edition, now: datetime) -> Words:
    return staff.notice(
        {
            "subject": f"Approved: {edition.headline}",
            "lines": ["A manager approved it as it stands. Saving a change makes it a draft again."],
            "link": "/admin/",
            "label": "Open the story",
        }
    )


SAMPLES = (
    Sample("story", "A story", "Whoever follows it at once, when it is published.", editions.story),
    Sample(
        "update",
        "An update",
        "Whoever follows it at once, where an editor ticked it and it was approved so.",
        _changed(ChangeKind.UPDATE, editions.update),
    ),
    Sample(
        "correction",
        "A correction",
        "Everybody who was sent the version that was wrong.",
        _changed(ChangeKind.CORRECTION, editions.correction),
    ),
    Sample(
        "clarification",
        "A clarification",
        "Everybody who was sent the version that could be misunderstood.",
        _changed(ChangeKind.CLARIFICATION, editions.correction),
    ),
    Sample(
        "retraction",
        "A retraction",
        "Everybody who was sent the story.",
        _changed(ChangeKind.RETRACTION, editions.correction),
    ),
    Sample(
        "removal",
        "A removal",
        "Everybody who was sent the story, when it is taken down.",
        _removed(RemovalKind.ERROR),
    ),
    Sample(
        "removal-unnamed",
        "A removal that names nothing",
        "The same, for legal reasons or somebody’s privacy: no word of the story stands in it.",
        _removed(RemovalKind.PRIVACY),
    ),
    Sample("daily", "A daily digest", "Whoever follows something daily, at their hour.", _digest(is_weekly=False)),
    Sample("weekly", "A weekly digest", "Whoever follows something weekly, on their day.", _digest(is_weekly=True)),
    Sample(
        "newsletter",
        "The newsletter",
        "Whoever follows everything daily; with the day’s introduction, if there is one.",
        _digest(is_weekly=False, everything=True),
    ),
    Sample("confirm", "Confirm an address", "Whoever types an address at Register for alerts.", _confirm),
    Sample(
        "manage",
        "The link to one’s preferences",
        "Whoever asks for it at Register for alerts.",
        lambda edition, now: service.manage(),
    ),
    Sample("staff", "A notice to staff", "Colleagues, about their stories and what they chose.", _staff),
)  # fmt: skip

BY_NAME = {sample.name: sample for sample in SAMPLES}
