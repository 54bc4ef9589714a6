"""Writes the words of a letter: subject, text and HTML from one context and a pair of templates."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from css_inline import CSSInliner
from django.conf import settings
from django.template.loader import render_to_string

from alerts.links import whole
from alerts.mails.lines import line
from alerts.mails.marks import Mark, fill, fill_html
from articles.body.text import shortened

#: Longer ones are cut by every mail program.
LONGEST_SUBJECT = 200

#: Private-use characters, which no words of ours hold, for whatever `escape` writes.
_HIDDEN = {"&lt;": "\ue010", "&gt;": "\ue011", "&quot;": "\ue012", "&#x27;": "\ue013", "&amp;": "\ue014"}

_EMPTY_LINES = re.compile(r"\n{3,}")


class Words(NamedTuple):
    subject: str
    text: str
    html: str

    def filled(self, own: Mapping[Mark, str]) -> "Words":
        """With somebody's own words in place of the marks."""
        return Words(self.subject, fill(self.text, own), fill_html(self.html, own))


def words(template: str, subject: str, context: dict[str, Any]) -> Words:
    """Render `alerts/mails/<template>` as text and as HTML; both have the marks of what is each reader's own."""
    subject = shortened(line(subject), LONGEST_SUBJECT)
    said = {
        "site_name": line(settings.SITE_NAME),
        "site_url": whole("/"),
        "language": settings.LANGUAGE_CODE,
        "subject": subject,
        **{f"mark_{mark.name.lower()}": mark.value for mark in Mark},
        **context,
    }
    text = render_to_string(f"alerts/mails/{template}.txt", said)
    html = render_to_string(f"alerts/mails/{template}.html", said)
    return Words(subject, _EMPTY_LINES.sub("\n\n", text).strip() + "\n", _inlined(html))


def _inlined(html: str) -> str:
    """Write the styles onto the elements. What was escaped is hidden meanwhile: the inliner would write it anew."""
    for entity, stand_in in _HIDDEN.items():
        html = html.replace(entity, stand_in)
    html = _inliner().inline(html)
    for entity, stand_in in _HIDDEN.items():
        html = html.replace(stand_in, entity)
    return html


@lru_cache(maxsize=1)
def _inliner() -> CSSInliner:
    """Writes the rules onto the elements; the sheet of dark colours and narrow screens stays. It loads nothing."""
    return CSSInliner(load_remote_stylesheets=False, extra_css=render_to_string("alerts/mails/inlined.css"))
