"""Which tables' changes readers may notice, written once for both vendors.

The triggers made of this write a PublicChange, so that a page kept in memory is known to be out of date whatever
changed it: an act, the admin, a command, a line of SQL. A table that public pages read and that stands neither in
ANNOUNCED nor in SILENT fails a test.
"""

from typing import NamedTuple


class Announced(NamedTuple):
    """What is announced of a table: by event, the SQL condition under which it takes something from readers.

    The condition is over the new row, as `NEW`.
    """

    insert: str = ""
    update: str = ""
    delete: str = ""


_ALWAYS, _NEVER = "1 = 1", "1 = 0"

#: A successor corrects or removes what readers had; a first publication only adds. Ends are moved with either.
_REPLACES = "NEW.removal_kind <> '' OR NEW.first_published_at < NEW.published_at"

#: New rows of these are seen by nobody until an edition comes to use them.
_USED_BY_EDITIONS = Announced(update=_ALWAYS, delete=_ALWAYS)
#: These come with an edition, which says itself whether it replaces another.
_COMES_WITH_EDITIONS = Announced(insert=_NEVER, update=_ALWAYS, delete=_ALWAYS)

ANNOUNCED = {
    "articles_edition": Announced(insert=_REPLACES, update=_NEVER, delete=_ALWAYS),
    "articles_rendering": _COMES_WITH_EDITIONS,
    "articles_editiontag": _COMES_WITH_EDITIONS,
    "articles_editionauthor": _COMES_WITH_EDITIONS,
    "articles_editionimage": _COMES_WITH_EDITIONS,
    "articles_editioncorrection": _COMES_WITH_EDITIONS,
    "articles_image": _USED_BY_EDITIONS,
    "articles_author": _USED_BY_EDITIONS,
    "articles_section": _USED_BY_EDITIONS,
    "articles_tag": _USED_BY_EDITIONS,
    "articles_arrangement": Announced(insert=_NEVER),
    "articles_placement": Announced(insert=_NEVER),
    "articles_page": Announced(insert=_NEVER, update=_ALWAYS, delete=_ALWAYS),
    "articles_pageaddress": Announced(insert=_NEVER),
    "articles_withholding": Announced(insert=_ALWAYS, update=_ALWAYS),
    "articles_redaction": Announced(insert=_ALWAYS),
}

#: What public pages read besides, and why its changes need no announcement.
SILENT = {
    "articles_address": "written with the edition that has it",
    "articles_searchdoc": "written with the edition that it finds",
    "articles_searchword": "written with the edition that has the words; it makes suggestions, and no page",
    "articles_rendition": "only the door to pictures asks for it, which keeps nothing",
}


def events_of(table: str) -> list[tuple[str, str]]:
    """Event and condition, for each event of the table that is announced."""
    return [(event, condition) for event, condition in ANNOUNCED[table]._asdict().items() if condition]


def name_of(table: str, event: str) -> str:
    return f"{table}_{event}_announced"
