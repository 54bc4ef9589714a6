"""Cards as they are printed: in listings, and in each place of the front page; once for all pages that print them so.

Written here and not as templates because a page prints fifty of them: Django's templates take ten times as long for
each, which was most of what a listing cost (decision 39). Every value goes through `escape`.
"""

from collections.abc import Callable, Iterable, Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

from articles.navigation import Entry
from articles.views.cards import Card
from articles.views.pictures import Picture

#: How wide a picture stands on the page, by place (HTML 4.8.4.2.2).
_LISTED = "(min-width: 40rem) 18rem, 9rem"
_LEAD = "(min-width: 76rem) 33rem, (min-width: 62rem) 43vw, (min-width: 40rem) 55vw, 100vw"
_SECONDARY = "(min-width: 76rem) 18rem, (min-width: 62rem) 22vw, (min-width: 40rem) 30vw, 7rem"
_BAND = "(min-width: 76rem) 20rem, (min-width: 40rem) 45vw, 7rem"


def listed(cards: Iterable[Card]) -> SafeString:
    """The cards of a listing."""
    return mark_safe("".join([_once(card, _listed) for card in cards]))


def lead(card: Card) -> SafeString:
    """What leads the front page."""
    shown = card.picture.eager(_LEAD) if card.picture else ""
    classes = _classes("front-lead", card, pictured="front-lead-pictured")
    return mark_safe(f'<article class="{classes}">\n  {shown}\n{_front_words(card)}</article>')


def secondaries(cards: Iterable[Card]) -> SafeString:
    """What stands below the lead."""
    return mark_safe("".join([_once(card, _secondary) for card in cards]))


def latest(cards: Iterable[Card]) -> SafeString:
    """The front page's column of headlines."""
    return mark_safe("".join([_once(card, _latest) for card in cards]))


def band(section: Entry, first: Card, rest: Sequence[Card], *, is_roomy: bool) -> SafeString:
    """A section's band: a story that leads it and headlines below, with more of each where there is room."""
    line = _roomy_line if is_roomy else _band_line
    lines = "".join([_once(card, line, section.name) for card in rest])
    return mark_safe(
        f'<section class="band" aria-labelledby="band-{section.slug}">\n'
        f'  <h2 id="band-{section.slug}"><a href="{section.url}">{escape(section.name)}</a></h2>\n'
        f"  {_once(first, _band_first, section.name)}\n"
        f"  {f'<ul class="band-rest">\n{lines}</ul>' if rest else ''}\n"
        f"</section>\n"
    )


def _once(card: Card, print_it: Callable[..., str], *more: str) -> str:
    """Print a card, or give what was printed of it before."""
    found: str | None = card.printed.get((print_it, more))
    if found is None:
        found = card.printed[print_it, more] = print_it(card, *more)
    return found


def _listed(card: Card) -> str:
    classes = _classes("card", card, pictured="card-pictured")
    said = f'<p class="kicker">{_kind(card.label, card.kicker)}{escape(card.kicker)}</p>'
    return (
        f'<li><article class="{classes}">\n'
        f"  {_lazy(card.picture, _LISTED)}\n"
        f'  <div class="card-words">\n'
        f"    {said if card.label or card.kicker else ''}\n"
        f"    <h2>{_link(card)}</h2>\n"
        f"    {_standfirst(card)}\n"
        f"  </div>\n"
        f'  <p class="card-facts">{_byline(escape(card.byline))}{_time(card, card.date)}</p>\n'
        f"</article></li>\n"
    )


def _secondary(card: Card) -> str:
    return (
        f'<article class="{_classes("secondary", card, pictured="pictured")}">\n'
        f"  {_lazy(card.picture, _SECONDARY)}\n{_front_words(card)}</article>\n"
    )


def _front_words(card: Card) -> str:
    about, by = card.kicker or card.section, "" if card.is_opinion else card.byline
    kind = f'<span class="kind">{escape(card.label)}</span> · ' if card.label else ""
    return (
        f'  <div class="front-words">\n'
        f'    <p class="kicker">{kind}{_across(about)}</p>\n'
        f"    <h2>{_link(card)}</h2>\n"
        f"    {_standfirst(card)}\n"
        f'    <p class="card-facts">{_byline(by and _across(by))}{_time(card, card.when)}</p>\n'
        f"  </div>\n"
    )


def _latest(card: Card) -> str:
    return (
        f'<li>{_time(card, card.when)} <a href="{escape(card.url)}">'
        f"{_warning(card.label)}{escape(card.headline)}</a></li>\n"
    )


def _band_first(card: Card, section: str) -> str:
    """The band says already what is a label of the same name."""
    kind = _kind(card.label if card.label != section else "", card.kicker)
    kicker = f'<p class="kicker">{kind}{_across(card.kicker)}</p>'
    return (
        f'<article class="{_classes("band-first", card, pictured="pictured")}">\n'
        f"  {_lazy(card.picture, _BAND)}\n"
        f'  <div class="front-words">\n'
        f"    {kicker if card.label or card.kicker else ''}\n"
        f"    <h3>{_link(card)}</h3>\n"
        f"    {_standfirst(card)}\n"
        f'    <p class="card-facts">{_time(card, card.when)}</p>\n'
        f"  </div>\n</article>"
    )


def _roomy_line(card: Card, section: str) -> str:
    return _band_line(card, section, more=_standfirst(card))


def _band_line(card: Card, section: str, more: str = "") -> str:
    is_opinion = ' class="opinion"' if card.is_opinion else ""
    whose = f'<p class="kicker">{_across(card.kicker)}</p>' if card.is_opinion and card.kicker else ""
    label = _warning(card.label if card.label != section else "")
    return (
        f'<li{is_opinion}>{whose}<h3><a href="{escape(card.url)}">{label}{escape(card.headline)}</a></h3>'
        f"{more} {_time(card, card.when)}</li>\n"
    )


def _classes(name: str, card: Card, *, pictured: str) -> str:
    more = [(card.picture, pictured), (card.is_sponsored, "card-sponsored"), (card.is_opinion, "opinion")]
    return " ".join([name, *(each for wanted, each in more if wanted)])


def _lazy(picture: Picture | None, sizes: str) -> str:
    return picture.lazy(sizes) if picture else ""


def _kind(label: str, kicker: str) -> str:
    """What kind of story it is, before its kicker."""
    return f'<span class="kind">{escape(label)}</span>{" · " if kicker else ""}' if label else ""


def _warning(label: str) -> str:
    """The same before a headline."""
    return f'<span class="kind">{escape(label)}:</span> ' if label else ""


def _across(words: str) -> str:
    """Words of any script amid ours."""
    return f'<bdi dir="ltr">{escape(words)}</bdi>'


def _link(card: Card) -> str:
    return f'<a href="{escape(card.url)}">{escape(card.headline)}</a>'


def _standfirst(card: Card) -> str:
    return f'<p class="card-standfirst">{escape(card.standfirst)}</p>' if card.standfirst else ""


def _byline(markup: str) -> str:
    return f"<span>{markup}</span>" if markup else ""


def _time(card: Card, written: str) -> str:
    return f'<time datetime="{card.at}">{written}</time>'
