"""What search found, as it is printed. Written here and not in the template for the reason cards are (decision 39)."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from articles.views.cards import Card


@dataclass(frozen=True, slots=True)
class Result:
    """A story that was found; its headline and words with what was looked for marked in them."""

    card: Card
    headline: SafeString
    words: SafeString


def results(found: Iterable[Result]) -> SafeString:
    return mark_safe("".join(map(_result, found)))


def _result(found: Result) -> str:
    card = found.card
    kicker = f'<p class="kicker"><span class="kind">{escape(card.label)}</span></p>' if card.label else ""
    words = f'<p class="card-standfirst">{found.words}</p>' if found.words else ""
    byline = f"<span>{escape(card.byline)}</span>" if card.byline else ""
    return (
        f'<li><article class="card">\n'
        f'  <div class="card-words">\n'
        f"    {kicker}\n"
        f'    <h3><a href="{escape(card.url)}">{found.headline}</a></h3>\n'
        f"    {words}\n"
        f"  </div>\n"
        f'  <p class="card-facts">{byline}<time datetime="{card.at}">{card.date}</time></p>\n'
        f"</article></li>\n"
    )
