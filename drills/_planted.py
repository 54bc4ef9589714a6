"""A newsroom in which every field that takes words holds something hostile; run inside a scratch site, says where.

Fields are filled past their forms, as if no form had looked; what is imported goes through the importer.
"""

import json
import sys
from contextlib import suppress
from datetime import timedelta
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django

from drills import _vectors


def corpus(count: int | None) -> list[str]:
    """Our own vectors, and the markup and strings of the test data where it lies beside the checkout."""
    from tests.given import WHERE

    said = _vectors.ours()
    for name in ("html-payloads.json", "naughty-strings.json"):
        if (file := WHERE / "hostile" / name).exists():
            said += [
                entry["payload"] if isinstance(entry, dict) else str(entry)
                for entry in json.loads(file.read_text())
            ]
    clean = [words.replace("\0", "").encode(errors="ignore").decode() for words in said]
    kept = [words for words in dict.fromkeys(clean) if words.strip()]
    return [kept[n * len(kept) // count] for n in range(count)] if count else kept


def plant(words: list[str]) -> dict[str, Any]:
    """Fill the newsroom; answer the addresses to walk and the sessions to walk them in."""
    from tests.newsdesk import hire

    cast = hire()
    stories = [_story(number, said, cast) for number, said in enumerate(words)]
    pages = [_page(number, said, cast) for number, said in enumerate(words)]
    slugs = [story.slug for story in stories]
    endings = ("rss", "atom", "json")
    return {
        "public": [
            *(
                "/",
                "/articles/",
                "/corrections/",
                "/sections/section-0/",
                "/feeds/latest.rss",
                "/sitemap.xml",
            ),
            *(f"/articles/{slug}/" for slug in slugs),
            *(page.get_absolute_url() for page in pages),
            *(f"/articles/{slug}/history/" for slug in slugs[::5]),
            *(f"/api/v1/articles/{slug}/" for slug in slugs[::5]),
            *(f"/{kind}/n-{n}/" for n in range(len(words)) for kind in ("topics", "authors")),
            *(f"/sections/section-{n}/" for n in range(1, len(words), 5)),
            *(f"/topics/n-{n}/feed.{endings[n % 3]}" for n in range(len(words))),
            *_imported(words),
        ],
        "desk": _desk_pages(words, stories, pages, cast),
        "sessions": {name: _session(getattr(cast, name)) for name in ("editor", "manager", "administrator")},
        "cookie": _cookie(),
        "redirects": _redirects(cast),
    }


def _story(number: int, said: str, cast: Any) -> Any:
    """One story, published and corrected, with the same hostile words in each of its fields."""
    from articles.desk import workflow
    from articles.models import Section
    from tests.newsdesk import NOW, change

    section = None
    if number % 5 == 0:
        section = Section.objects.create(
            name=f"{number} {said}"[:60], slug=f"section-{number}", description=said[:300], order=number
        )
    story = _draft(number, said, cast, section=section)
    _publish(story, said, cast)
    if number % 5 == 0:
        note = f"We said: {said}"[:600]
        change(story, by=cast.editor, now=NOW, change_kind="correction", public_note=note)
        _publish(story, said, cast)
    workflow.perform(story, "add_note", by=cast.manager, now=NOW, note=f"Note: {said}"[:500])
    return story


def _publish(story: Any, said: str, cast: Any) -> None:
    """A manager lets every issue be that can be let be."""
    from articles.desk import requirements, workflow
    from tests.newsdesk import NOW, approve

    newest = story.revisions.latest("number")
    for issue in requirements.for_review(story, newest.as_dict(), now=NOW):
        note = f"Let be: {said}"[:300]
        workflow.perform(story, "override", by=cast.manager, now=NOW, note=note, rule=issue.key)
    workflow.perform(story, "submit", by=cast.editor, now=NOW)
    approve(story, cast, now=NOW)
    workflow.perform(story, "publish", by=cast.manager, now=NOW)


def _draft(number: int, said: str, cast: Any, *, section: Any) -> Any:
    from django.utils.html import escape

    from articles.models import Author, Image, Tag
    from articles.pictures.library import add
    from tests.newsdesk import draft, picture_file
    from tests.newsdesk import section as usual

    image = add(
        picture_file(size=(64, 40)),
        by=cast.editor,
        alt=said[:300],
        caption=said[:400],
        credit=f"By {said}"[:200],
    )
    Image.objects.filter(pk=image.pk).update(licence_holder=said[:200], licence_proof=said)
    author = Author.objects.create(
        name=said[:120], slug=f"n-{number}", job_title=said[:120], biography=said, picture=image
    )
    topic = Tag.objects.create(name=f"{said[:90]} {number}", slug=f"n-{number}", description=said[:300])
    quoted = escape(said)
    return draft(
        cast.editor,
        headline=said[:200],
        slug=f"hostile-{number}",
        standfirst=said[:500],
        kicker=said[:60],
        search_headline=said[:120],
        social_headline=said[:120],
        body=f'<p>Text.</p><p><a href="{quoted}">x</a></p><blockquote cite="{quoted}"><p>{quoted}</p></blockquote>'
        f'<figure><img data-file="{image.key}" src="{quoted}" alt="A {quoted}">'
        f"<figcaption>{quoted}</figcaption></figure>"
        f"<p>{said}</p><p><a href={said}>y</a></p>",
        section=section or usual(),
        lead_image=image,
        lead_caption=said[:400],
        lead_credit=f"By {said}"[:200],
        lead_alt=f"A {said}"[:300],
        byline_label=said[:80] if number % 3 == 0 else "",
        authors=[author],
        topics=[topic],
    )


def _page(number: int, said: str, cast: Any) -> Any:
    """A page of the title; those in the footer would be on every other page too, so only the first is."""
    from tests.title_pages import title_page

    words = {"title": f"A {said}"[:120], "body": f"<p>Text.</p><p>{said}</p>", "description": said[:200]}
    return title_page(cast, slug=f"page-{number}", in_footer=number == 0, **words)


def _imported(words: list[str]) -> list[str]:
    """The addresses of what the importer made of the same words, in each of its formats."""
    from django.core.management import CommandError, call_command

    from articles.models import Edition

    records = [
        {
            "source": f"source {said[:60]}",
            "licence": said[:200],
            "path": f"{number} {said[:300]}",
            "title": said[:150],
            "date": "2020-03-01",
            "authors": [said],
            "topics": [said],
            "summary": said,
            "format": ("html", "md", "text")[number % 3],
            "body": f"{said}\n\n<a href='{said}'>x</a> [y]({said})\n\nText.",
        }
        for number, said in enumerate(words)
    ]
    known = set(Edition.objects.values_list("pk", flat=True))
    with TemporaryDirectory() as folder:
        file = Path(folder) / "records.jsonl"
        file.write_text("\n".join(json.dumps(record) for record in records))
        with suppress(CommandError):  # some are refused: a title without a word in it
            call_command(
                "import_articles", str(file), "--publish", verbosity=0, stdout=StringIO(), stderr=StringIO()
            )
    return [edition.get_absolute_url() for edition in Edition.objects.exclude(pk__in=known)]


def _desk_pages(words: list[str], stories: list[Any], title_pages: list[Any], cast: Any) -> list[str]:
    """Where a manager reads each story, and for some of them every page that the tests' tables list."""
    from django.urls import reverse

    from alerts.models import Introduction
    from tests.alerts.readers import reader
    from tests.articles.admin import test_every_address as elsewhere
    from tests.articles.admin import test_routes as of_a_story
    from tests.newsdesk import NOW

    def of(page: str, story: Any, *more: Any) -> str:
        return reverse(f"admin:articles_story_{page}", args=[story.pk, *more])

    pages = [of(page, story) for story in stories for page in ("review", "change")]
    pages += [of("compare", story, 1, 2) for story in stories[::5]]
    pages += [f"/admin/articles/story/?p={page}" for page in range(2, len(stories) // 100 + 2)]
    subscriber = reader()
    for number, (said, story, title_page) in enumerate(
        list(zip(words, stories, title_pages, strict=True))[::20]
    ):
        on, by = NOW.date() + timedelta(days=number), {"changed_by": cast.manager, "changed_at": NOW}
        introduction = Introduction.objects.create(on=on, text=said, **by)
        things = elsewhere.Things(
            story, story.lead_image, story.section, title_page, introduction, subscriber
        )
        pages += [of_a_story._address(page, story) for page, row in of_a_story.PAGES.items() if row[2] == 200]
        pages += [
            elsewhere._address(name, things, cast) for name, row in elsewhere.ROWS.items() if row[2] == 200
        ]
    for number, story in enumerate(stories):
        tag, author = story.topics.get(), story.bylines.get().author
        rows = (("image", story.lead_image_id), ("author", author.pk), ("tag", tag.pk))
        name, row = rows[number % 3]
        pages.append(reverse(f"admin:articles_{name}_change", args=[row]))
    return list(dict.fromkeys([*pages, "/admin/"]))


def _redirects(cast: Any) -> list[str]:
    """The hostile addresses that the desk took for where a removed story leads."""
    from articles.desk import workflow
    from articles.desk.refusals import Refused
    from tests.newsdesk import NOW, published

    taken = []
    story = published(cast, headline="Leads elsewhere")
    for address in _vectors.URLS:
        details = {"kind": "error", "public_note": "", "redirect_to": address}
        try:
            workflow.perform(story, "take_down", by=cast.manager, now=NOW, **details)
        except Refused:
            continue
        taken.append(address)
        story = published(cast, headline=f"Leads elsewhere, {len(taken)}")
    return taken


def _session(user: Any) -> str:
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def _cookie() -> str:
    from django.conf import settings

    return str(settings.SESSION_COOKIE_NAME)


if __name__ == "__main__":
    django.setup()
    said = corpus(int(sys.argv[1]) or None)
    print(json.dumps({"words": said, **plant(said)}))
