"""The marks in a stored letter that each recipient's own words replace when it is put into its envelope."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.html import escape


class Mark(StrEnum):
    """Private-use characters of Unicode around a name: nothing an editor types reaches a letter with them in it."""

    BECAUSE = "\ue000because\ue001"
    MANAGE = "\ue000manage\ue001"
    UNSUBSCRIBE = "\ue000unsubscribe\ue001"
    CONFIRM = "\ue000confirm\ue001"


def fill(text: str, own: Mapping[Mark, str]) -> str:
    """Put somebody's own words in place of the marks of a text."""
    for mark, said in own.items():
        text = text.replace(mark, said)
    return text


def fill_html(html: str, own: Mapping[Mark, str]) -> str:
    """The same in HTML, where they are words and never markup."""
    return fill(html, {mark: escape(said) for mark, said in own.items()})
