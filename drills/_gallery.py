"""Every state a reader's page can be in, filled into an empty newsroom: too much, too little, and gone wrong.

`fill` answers what to look at. Run as a module it prints that as JSON, for the drills that open it in a browser.
"""

import json
import re
from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any

import django

from drills._gallery_links import behind_links
from drills._gallery_texts import (
    ARABIC,
    HEADLINE,
    HEBREW,
    LONG,
    NOTE,
    PARAGRAPH,
    ROUND_UP,
    STANDFIRST,
    WORD,
    everything,
)

DAY = timedelta(days=1)


def fill() -> dict[str, str]:
    """Publish it all; give the address of each state by its name."""
    from articles import navigation
    from tests.newsdesk import hire
    from tests.title_pages import saved, title_page

    cast = hire()
    places = Newsroom(cast).publish() | behind_links()
    title_page(cast, slug="about")
    saved(title_page(cast, slug="no-longer"), cast, is_public=False)
    navigation.forget()
    return places | {
        "front page": "/",
        "latest": "/articles/",
        "latest, last page": _last_page(),
        "bad cursor": "/articles/?before=nothing",
        "section of one story": "/sections/one/",
        "topic": "/topics/records/",
        "topic of many letters": "/topics/interoperability-of-electronic-correspondence/",
        "author with portrait": "/authors/ada-quill/",
        "author without": "/authors/ben-nib/",
        "author right to left": "/authors/leila/",
        "archive, a year": "/archive/2025/",
        "archive, a month": "/archive/2025/07/",
        "corrections": "/corrections/",
        "a page of the title": "/about/",
        "a page of the title that is gone": "/no-longer/",
        "the API explained": "/api/v1/",
        "search": "/search/",
        "search, results": "/search/?q=archive",
        "search, best match": "/search/?q=story+archive&sort=relevance",
        "search, limited": "/search/?q=register&section=local-government&from=2020-01-01&topic=records",
        "search, by whom": "/search/?q=register&author=ada-quill&sort=relevance",
        "search, nothing": "/search/?q=zzyzx",
        "search, did you mean": "/search/?q=archve",
        "search, bad date": "/search/?q=archive&from=tomorrow&section=none",
        "search, hostile": "/search/?q=%3Cscript%3Ealert(1)%3C/script%3E",
        "alerts": "/alerts/",
        "alerts, from a story": "/alerts/?topic=records&author=ada-quill",
        "alerts, check your inbox": "/alerts/check-your-inbox/",
        "alerts, a link that is over": "/alerts/confirm/nothing/",
        "alerts, a lost link": "/alerts/manage/",
        "404": "/nowhere/",
    }


def _last_page() -> str:
    """Follow the links to older stories until there is none."""
    from django.conf import settings
    from django.test import Client

    client, path = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0]), "/articles/"
    while older := re.search(r'href="([^"]+)" rel="next"', client.get(path).text):
        path = unescape(older[1])
    return path


def errors() -> dict[str, str]:
    """The pages of errors that no address provokes, as they would be sent."""
    from articles.views.pages import page

    return {
        code: page(f"{code}.html", status=int(code[:3])).text
        for code in ("400", "403", "403_csrf", "429", "500")
    }


class Newsroom:
    def __init__(self, cast: Any) -> None:
        from django.utils import timezone

        self.cast = cast
        self.at = timezone.now() - DAY
        self.places: dict[str, str] = {}

    def publish(self) -> dict[str, str]:
        self._furnish()
        self._archive()
        self._texts()
        self._heads()
        self._pictures()
        self._changes()
        self._removals()
        self._draft()
        return self.places

    def _furnish(self) -> None:
        from articles.models import Author
        from tests.newsdesk import author, section, topic

        self.hall = self._picture((1600, 1000))
        biography = (
            "Ada Quill has edited it since 2019.\n\nBefore that she kept the records of a county council."
        )
        Author.objects.filter(pk=author().pk).update(picture=self._picture((900, 1200)), biography=biography)
        self.people = [
            author(),
            author("Ben Nib", "Reporter"),
            author("Bartholomew Featherstonehaugh-Cholmondeley", "Interoperability Correspondent"),
            Author.objects.create(name=ARABIC, slug="leila", job_title="Reporter"),
            Author.objects.create(name=HEBREW, slug="naama", job_title=""),
            author("Cy", ""),
        ]
        self.topics = [topic(), topic("Interoperability of electronic correspondence")]
        self.topics += [topic(f"Topic number {number}") for number in range(18)]
        for name in ("Health", "Justice and Home Affairs", "Money", "Opinion", "Security", "Transport"):
            section(name, name.split()[0].lower())

    def _archive(self) -> None:
        from datetime import UTC, datetime

        from tests.pages.reading import fill

        fill(25, newest=datetime(2025, 7, 9, tzinfo=UTC))
        fill(4, newest=self.at - DAY, lead_image=self.hall)

    def _texts(self) -> None:
        self._add("text of every kind", body=self._body())
        self._add("round-up", kind="round_up", body=ROUND_UP)
        self._add("short text", body="<p>The meeting was put off.</p>", standfirst="")

    def _heads(self) -> None:
        self._add(
            "too much",
            headline=LONG[:140],
            kicker="Records",
            authors=self.people,
            topics=self.topics,
            lead_image=self.hall,
        )
        self._add("long word", headline=f"{WORD} and {WORD.lower()}", kicker=WORD, standfirst=f"{WORD}. " * 3)
        self._add("too little", authors=[], standfirst="", section=None, body="<p>No more than that.</p>")
        self._add(
            "right to left",
            headline="المجلس ينشر سجلاته كلها",
            standfirst=f"{ARABIC} (2026), {HEBREW}.",
            authors=self.people[3:5],
        )
        self._add(
            "label byline", authors=[], byline_label="Industry Voice", kind="sponsored", lead_image=self.hall
        )
        self._add(
            "opinion",
            kind="opinion",
            kicker="A reply",
            lead_image=self.hall,
            headline="Publish the register, then argue about it",
        )
        self._add("analysis", kind="analysis", standfirst="What the figures say, and what they leave out.")
        self._add(
            "hostile",
            headline="<script>alert(1)</script><img src=x onerror=alert(2)> \"&'",
            standfirst="{{ 7|add:7 }}",
        )
        self._one_story()

    def _one_story(self) -> None:
        from tests.newsdesk import section

        self._add("of a section", section=section("One story only", "one"))

    def _pictures(self) -> None:
        self._add("portrait lead", lead_image=self._picture((900, 1400)))
        self._add("wide lead", lead_image=self._picture((2400, 600), caption="", credit=""))
        self._add("small lead", lead_image=self._picture((300, 200), caption="", credit="Drawn by code"))

    def _changes(self) -> None:
        self._changed("updated", update="")
        self._changed("corrected", correction=NOTE)
        self._changed("clarified twice", clarification="The figure covers England only.", correction=NOTE)
        self._changed("retracted", retraction="We could not confirm what this story said. " * 4)

    def _changed(self, name: str, **changes: str) -> None:
        from tests.newsdesk import republished

        story = self._add(name, lead_image=self.hall)
        for number, (kind, note) in enumerate(changes.items(), 1):
            said = {"change_kind": kind, "public_note": note, "standfirst": f"Version {number}, and why."}
            at = self.at + number * timedelta(hours=1)
            republished(
                story, self.cast, now=at, body=f"{PARAGRAPH}<p>Added {number}.</p>{PARAGRAPH}", **said
            )
        self.places[f"{name}: history"] = f"{self.places[name]}history/"

    def _removals(self) -> None:
        from tests.newsdesk import taken_down

        for kind in ("error", "withdrawn"):
            taken_down(self.cast, slug=f"removed-{kind}", kind=kind, lead_image=self.hall, now=self.at)
            self.places[f"taken down: {kind}"] = f"/articles/removed-{kind}/"

    def _draft(self) -> None:
        from tests.newsdesk import draft

        draft(self.cast.editor, "A draft to send", now=self.at)

    def _add(self, name: str, *, authors: Any = None, topics: Any = None, **fields: Any) -> Any:
        """Take a story in as an import does, which asks for neither a standfirst nor a section."""
        from django.db import transaction

        from articles.desk.intake import take_in
        from articles.models import Byline, Story
        from tests.newsdesk import section

        slug = name.replace(" ", "-").replace(",", "")
        self.places[name] = f"/articles/{slug}/"
        known = {
            "headline": HEADLINE,
            "standfirst": STANDFIRST,
            "section": section(),
            "body": PARAGRAPH * 3,
            **fields,
        }
        with transaction.atomic():
            story = Story.objects.create(slug=slug, created_at=self.at, **known)
            story.topics.set(self.topics[:2] if topics is None else topics)
            for position, person in enumerate(self.people[:1] if authors is None else authors):
                Byline.objects.create(story=story, author=person, position=position)
            take_in(story, now=self.at, published_at=self.at)
        return story

    def _body(self) -> str:
        bare = self._picture((900, 1400), caption="", credit="")
        return everything(self._figure(self.hall), self._figure(bare))

    def _figure(self, image: Any) -> str:
        caption = f"<figcaption>{image.caption}</figcaption>" if image.caption else ""
        return f'<figure><img data-file="{image.key}" alt="A map chest">{caption}</figure>'

    def _picture(self, size: tuple[int, int], **words: str) -> Any:
        """Draw a picture; each is another, because duplicates are found."""
        from PIL import Image as Pillow
        from PIL import ImageDraw

        from articles.pictures.library import add

        shades = Pillow.linear_gradient("L").resize(size)
        drawn = Pillow.merge(
            "RGB",
            (shades.point(lambda v: 60 + v // 2), shades.point(lambda v: 90 + v // 3), shades.rotate(180)),
        )
        width, height = size
        ImageDraw.Draw(drawn).ellipse(
            (width * 0.1, height * 0.1, width * 0.35, height * 0.5), fill=(240, 225, 180)
        )
        data = BytesIO()
        drawn.save(data, "PNG")
        data.seek(0)
        data.name = "drawn.png"  # type: ignore[attr-defined]
        said = {
            "alt": "Hills under a low sun",
            "caption": "The hills that the register maps.",
            "credit": "Fernwick Council",
        }
        return add(data, by=None, **(said | words))


if __name__ == "__main__":
    django.setup()
    print(json.dumps({"places": fill(), "errors": errors()}))
