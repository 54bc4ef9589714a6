"""Whether an edition prints its revision, word for word and column for column."""

from collections.abc import Iterator
from typing import Any

from django.utils.dateparse import parse_datetime

from articles.desk.public import hash_of, tells_again
from articles.desk.verification.findings import Finding, Kind, altered, changed_words
from articles.models import Edition, is_redacted
from articles.models.kinds import NOTED_CHANGES

_COPIED = (
    "slug",
    "kind",
    "headline",
    "standfirst",
    "kicker",
    "byline",
    "topics",
    "lead",
    "search_headline",
    "social_headline",
)
#: What a removal says for itself.
_OWN_OF_A_REMOVAL = ("change_kind", "public_note")


def verify_print(
    edition: Edition, before: Edition | None, what: str, *, cancelled: bool
) -> Iterator[Finding]:
    """`before` is what readers had until then; what a cancelled edition followed is not known any more."""
    story, revision = edition.story_id, edition.revision
    if (revision.story_id, revision.hash) != (story, edition.content_hash):
        yield altered(story, what, "prints another text than its revision.")
    if hash_of(edition.content) != edition.content_hash:
        if edition.content == revision.public and is_redacted(revision):
            yield Finding(Kind.REDACTED, what, "prints a redacted revision.", story)
        else:
            yield changed_words(edition, story, what, "was altered: its text does not match its hash.")
        return
    wrong = [
        name
        for name, said in _expected(edition, before, cancelled=cancelled).items()
        if getattr(edition, name) != said
    ]
    if wrong:
        names = ", ".join(name.replace("_", " ") for name in wrong)
        yield changed_words(edition, story, what, f"was altered in {names}: its text says otherwise.")


def _expected(edition: Edition, before: Edition | None, *, cancelled: bool) -> dict[str, Any]:
    public = edition.public()
    copied = {name: public[name] for name in _COPIED} | {"related": public.get("related", [])}
    if not edition.is_removal:
        copied |= {name: public[name] for name in _OWN_OF_A_REMOVAL}
    copied["tell_readers"] = not edition.is_removal and tells_again(public)
    if not cancelled:
        copied |= {
            "corrections": _corrections(edition, before, public),
            "first_published_at": before.first_published_at if before else edition.published_at,
        }
    return copied


def _corrections(edition: Edition, before: Edition | None, public: dict[str, Any]) -> list[Any]:
    """The dated notes so far, and this edition's own."""
    told = list(before.corrections) if before else []
    makes_one = edition.origin in {Edition.Origin.REVIEWED, Edition.Origin.UNREVIEWED}
    if before is not None and makes_one and public["change_kind"] in NOTED_CHANGES:
        at = _as_written(edition)
        told.append({"at": at, "kind": public["change_kind"], "note": public["public_note"]})
    return told


def _as_written(edition: Edition) -> str:
    """When it was published, in the offset in which its own note says so: of a schedule it is the newsroom's."""
    said = edition.corrections[-1].get("at", "") if edition.corrections else ""
    at = parse_datetime(said) if isinstance(said, str) else None
    return said if at == edition.published_at else edition.published_at.isoformat()
