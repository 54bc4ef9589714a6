"""Whether an edition has somebody who answers for it, by the conditions of its origin."""

from dataclasses import dataclass, field
from itertools import groupby

from articles.desk.acts import Act
from articles.models import Edition, Revision

#: Of one story: the number of each revision, and who saved it.
type Savers = list[tuple[int, int | None]]


@dataclass
class Before:
    """What readers had of a story until the edition that is being read."""

    last: Edition | None = None
    published_number: int = 0
    texts: set[int] = field(default_factory=set)

    def add(self, edition: Edition) -> None:
        self.last = edition
        self.published_number = max(self.published_number, edition.revision.number)
        if not edition.is_removal:
            self.texts.add(edition.revision_id)


def savers_of(first: int, last: int) -> dict[int, Savers]:
    """Who saved what, for the stories with keys from `first` to `last`."""
    revisions = Revision.objects.filter(story_id__gte=first, story_id__lte=last).order_by(
        "story_id", "number"
    )
    rows = revisions.values_list("story_id", "number", "saved_by_id").iterator(chunk_size=2000)
    return {
        story: [(number, person) for _, number, person in group]
        for story, group in groupby(rows, key=lambda row: row[0])
    }


def why_unanswered(edition: Edition, before: Before, savers: Savers) -> str:
    """Why nobody answers for it; empty where somebody does."""
    match edition.origin:
        case Edition.Origin.REVIEWED:
            return _unapproved(edition, before, savers)
        case Edition.Origin.UNREVIEWED:
            return _without_reason(edition)
        case Edition.Origin.IMPORTED:
            return _no_import(edition, before, savers)
        case Edition.Origin.REMOVAL | Edition.Origin.REINSTATED:
            return _never_published(edition, before)
    return f"has an origin that there is not: {edition.origin}."


def _unapproved(edition: Edition, before: Before, savers: Savers) -> str:
    approval = edition.approval
    if approval is None or approval.act != Act.APPROVE or approval.refusal or approval.actor_id is None:
        return "has no approval."
    if not _speaks_of_it(edition):
        return "has an approval of another text."
    since = before.published_number
    if any(
        person == approval.actor_id and since < number <= edition.revision.number for number, person in savers
    ):
        return "was approved by somebody who wrote some of it."
    return ""


def _without_reason(edition: Edition) -> str:
    reason = edition.approval
    if reason is None or reason.act != Act.PUBLISH_UNREVIEWED or reason.refusal or reason.actor_id is None:
        return "was published without review, and nobody answers for it."
    return "" if _speaks_of_it(edition) else "was published without review for the reasons of another text."


def _speaks_of_it(edition: Edition) -> bool:
    said = edition.approval
    return said is not None and (said.story_id, said.revision_id, said.revision_hash) == (
        edition.story_id,
        edition.revision_id,
        edition.content_hash,
    )


def _no_import(edition: Edition, before: Before, savers: Savers) -> str:
    by_people = any(person for number, person in savers if number <= edition.revision.number)
    return "passes for an import, and is none." if before.last is not None or by_people else ""


def _never_published(edition: Edition, before: Before) -> str:
    if edition.revision_id not in before.texts:
        return "prints a text that was never published before it."
    if edition.origin == Edition.Origin.REINSTATED and not (before.last and before.last.is_removal):
        return "reinstates what was not taken down."
    return ""
