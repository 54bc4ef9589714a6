"""What search reads of editions: one document each, numbered by the place it takes in the order newest first."""

from datetime import UTC, datetime, timedelta

from django.contrib.postgres.search import SearchVectorField
from django.db import models

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)

#: How many documents find room in one millisecond: an archive taken in may have one time for a whole day.
ROOM = 2**20


class SearchDoc(models.Model):
    """An edition as search knows it. Can be rebuilt at any time by `rerender`.

    Its number is the millisecond of the first publication and a place within it, so that "newest first" is the
    order of the key: the commonest word of a large archive is found by walking the key and stopping.
    """

    id = models.BigIntegerField(primary_key=True)
    edition = models.OneToOneField("articles.Edition", on_delete=models.CASCADE, related_name="search_doc")
    #: PostgreSQL's only: stems and marks, and words as written, with an index that the migration makes.
    #: SQLite keeps words in a table of its own kind.
    words = SearchVectorField(null=True, editable=False)
    forms = SearchVectorField(null=True, editable=False)


class SearchWord(models.Model):
    """A word that stood in a headline, a name or a topic: what "did you mean" may suggest, if readers find it."""

    word = models.CharField(max_length=64, primary_key=True)


def first_number(at: datetime) -> int:
    """The lowest number a document first published at `at`, or later, can have."""
    return (at - _EPOCH) // _MILLISECOND * ROOM
