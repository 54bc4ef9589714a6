"""Cursors: a place in a listing, as readers carry it in `?before=`.

A cursor is the first publication and the story id of the last line shown: 16 bytes, 22 characters. It is no secret,
so it is not signed; but one that was not written here is refused.
"""

import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LENGTH = 22
_PLACE = struct.Struct(">qq")


class BadCursorError(ValueError):
    """The text is not a cursor."""


class Place(NamedTuple):
    first_published_at: datetime
    story_id: int


def encode(place: Place) -> str:
    microseconds = (place.first_published_at - _EPOCH) // _MICROSECOND
    return urlsafe_b64encode(_PLACE.pack(microseconds, place.story_id)).decode().rstrip("=")


def decode(text: str) -> Place:
    """Give the place a cursor names; raise BadCursorError for anything `encode` would not have written."""
    if len(text) != _LENGTH or not text.isascii():
        raise BadCursorError
    try:
        microseconds, story_id = _PLACE.unpack(urlsafe_b64decode(text + "=="))
        place = Place(_EPOCH + microseconds * _MICROSECOND, story_id)
    except (ValueError, OverflowError, struct.error) as problem:
        raise BadCursorError from problem
    if story_id < 1 or encode(place) != text:
        raise BadCursorError
    return place
