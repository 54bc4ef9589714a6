"""What an article's page prints lists of: who wrote it, notes, topics, feeds, ways to pass it on, related stories.

Written here and not in the template for the reason cards are (decision 39). Every value goes through `escape`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from articles.bylines import byline_parts
from articles.models.kinds import ChangeKind
from articles.sharing import share_links
from articles.views.dates import machine, written
from articles.views.pictures import picture
from articles.views.related import Related

#: How wide the picture above the text stands on the page (HTML 4.8.4.2.2).
_LEAD = "(min-width: 62rem) min(60rem, 75vw), 100vw"


def byline(said: Mapping[str, Any]) -> SafeString:
    """Who wrote it, each person leading to their page."""
    is_label = not said.get("people")
    return mark_safe("".join(_part(part.text, part.slug, is_label=is_label) for part in byline_parts(said)))


def _part(text: str, slug: str, *, is_label: bool) -> str:
    if slug:
        return f'<a href="/authors/{escape(slug)}/" rel="author"><bdi>{escape(text)}</bdi></a>'
    return f'<span class="byline-label">{escape(text)}</span>' if is_label else escape(text)


def machine_readable(said: Mapping[str, Any], topics: Iterable[Mapping[str, str]]) -> SafeString:
    """Authors and topics as social networks read them (https://ogp.me/#type_article)."""
    people = [f"{settings.SITE_URL}/authors/{person['slug']}/" for person in said.get("people", [])]
    rows = [("author", url) for url in people] + [("tag", topic["name"]) for topic in topics]
    return _each('<meta property="article:{}" content="{}">', rows)


def topics(found: Iterable[Mapping[str, str]]) -> SafeString:
    rows = [(f"/topics/{topic['slug']}/", topic["name"]) for topic in found]
    return _each('<li><a href="{}">{}</a></li>', rows)


def feeds(found: Iterable[tuple[str, str, str]]) -> SafeString:
    """Of each, its kind, slug and name."""
    rows = [(f"/{kind}s/{slug}/feed.rss", name) for kind, slug, name in found]
    return _each('<li><a href="{}">{}</a></li>', rows)


def notes(corrections: Iterable[Mapping[str, str]]) -> SafeString:
    """The dated notes above the text, newest first; that a story is retracted stands before anything else."""
    newest = reversed(list(corrections))
    return mark_safe("".join(map(_note, sorted(newest, key=lambda note: not _is_retraction(note)))))


def _note(said: Mapping[str, str]) -> str:
    at, label = datetime.fromisoformat(said["at"]), escape(ChangeKind(said["kind"]).word)
    grave, opening = "", f"{label}, "
    if _is_retraction(said):
        grave, opening = " notice-grave", "This story was retracted on "
    return (
        f'<section class="notice{grave}" aria-label="{label}">\n'
        f'  <h2>{opening}<time datetime="{machine(at)}">{written(at)}</time></h2>\n'
        f"  <p>{escape(said['note'])}</p>\n"
        f"</section>\n"
    )


def _is_retraction(said: Mapping[str, str]) -> bool:
    return said["kind"] == ChangeKind.RETRACTION


def lead(use: Mapping[str, Any]) -> SafeString:
    """The picture above the text, as an edition records its use."""
    credit = f' <span class="credit">Image source: {escape(use["credit"])}</span>' if use["credit"] else ""
    said = f"{escape(use['caption'])}{credit}"
    caption = f"<figcaption>{said}</figcaption>" if said else ""
    shown = picture(use).eager(_LEAD)
    return mark_safe(f'<figure class="story-lead">\n  {shown}\n  {caption}\n</figure>')


def share(url: str, headline: str) -> SafeString:
    rows = [(way.url, way.name) for way in share_links(url, headline)]
    return _each('<li><a href="{}" rel="noreferrer nofollow">{}</a></li>', rows)


def related(stories: Iterable[Related]) -> SafeString:
    return mark_safe("".join(map(_related, stories)))


def _related(story: Related) -> str:
    label = f'<p class="kind">{escape(story.label)}</p>' if story.label else ""
    return (
        f'<li>{label}<a href="{escape(story.url)}">{escape(story.headline)}</a>'
        f' <time datetime="{story.at}">{story.date}</time></li>\n'
    )


def _each(markup: str, rows: Iterable[Sequence[str]]) -> SafeString:
    return mark_safe("".join(markup.format(*map(escape, row)) + "\n" for row in rows))
