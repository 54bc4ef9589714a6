"""Changes of the right to show a picture: what they take from readers, and the record of them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accounts.models import User
from articles.desk.picture_uses import is_seen_by_readers, shown_in
from articles.models import Author, Image, LicenceChange

FIELDS = (
    *("licence_kind", "licence_holder", "licence_scopes", "licence_ends_at"),
    *("licence_proof", "licence_note", "licence_file"),
)


@dataclass(frozen=True)
class Loss:
    """What readers lose by new terms: from `at` on, in these stories and portraits; `uses` are scopes taken away."""

    uses: tuple[str, ...] = ()
    at: datetime | None = None
    stories: list[Any] = field(default_factory=list)
    portraits: list[Author] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.stories or self.portraits)


def terms(image: Image) -> dict[str, Any]:
    """The licence as the record keeps it."""
    said = {name: getattr(image, name) for name in FIELDS}
    ends = said["licence_ends_at"]
    return said | {
        "licence_ends_at": ends.isoformat() if ends else None,
        "licence_file": image.licence_file.name or "",
    }


def record_change(image: Image, before: dict[str, Any], *, by: User | None, now: datetime) -> None:
    """Write down what has changed since `before`; nothing where nothing has."""
    after = terms(image)
    changed = [name for name in FIELDS if before[name] != after[name]]
    if changed:
        LicenceChange.objects.create(
            image=image,
            by=by,
            at=now,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
        )


def loss_by(old: Image, new: Image, user: User, now: datetime) -> Loss:
    """What readers who have the picture, or will have, lose by the terms of `new`. No query where that is nothing."""
    gone, ends = _taken(old, new, now)
    if not (gone or ends):
        return Loss()
    stories = shown_in([old], user, now).get(old.pk, [])
    portraits = list(Author.objects.filter(picture=old)) if ends or "web" in gone else []
    return Loss(gone, ends, stories, portraits)


def takes_from_readers(old: Image, new: Image, now: datetime) -> bool:
    """Whether readers lose the picture by the terms of `new`, whoever may know of the stories that show it."""
    return any(_taken(old, new, now)) and is_seen_by_readers(old, now)


def _taken(old: Image, new: Image, now: datetime) -> tuple[tuple[str, ...], datetime | None]:
    """The scopes that go, and when it ends where that is sooner than before."""
    if old.licence_ends_at is not None and old.licence_ends_at <= now:
        return (), None
    ends = new.licence_ends_at
    sooner = ends is not None and (old.licence_ends_at is None or ends < old.licence_ends_at)
    gone = tuple(scope for scope in old.licence_scopes if scope not in new.licence_scopes)
    return gone, ends if sooner else None
