"""Changes of what readers see: what tells every process that keeps pages that its pages may be out of date."""

from django.db import models
from django.db.models.functions import Now


class PublicChange(models.Model):
    """That something readers see was changed, by whichever way in.

    Written by the database itself, in the transaction that made the change (`articles.integrity.announcing`): nobody
    has to think of it. On PostgreSQL a row a transaction, because a single counter would have two publications wait
    for each other, or deadlock over a picture; on SQLite, where one writes at a time, two rows that are counted up.
    """

    #: Whether it may have taken something from readers, or corrected it: then no older page may be shown any more,
    #: not even while the database is away.
    takes = models.BooleanField()
    number = models.PositiveBigIntegerField(default=1)
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.number} {'takes' if self.takes else 'adds'}"
