"""Drill B2: ask a served newsroom for the pictures of one story in every way, from its draft to its takedown.

Passes when, on each database, every size in every format is there while readers may see the story and at no other time;
the master never is, nor is any of 10,000 guessed names; whatever is not there answers like a picture that never was,
byte for byte; and no cache may keep a picture for more than a minute after it went.
`python -m drills.b2_pictures [GUESSES]`; tests/pages/test_pictures.py runs it small.
"""

import http.client
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import django

from benchmarks import _site

WAYS = [
    ("GET", {}),
    ("HEAD", {}),
    ("GET", {"Range": "bytes=0-99"}),
    ("HEAD", {"Range": "bytes=0-99"}),
    ("GET", {"If-None-Match": "*"}),
    ("GET", {"If-Modified-Since": "Mon, 01 Jan 2035 00:00:00 GMT"}),
    ("GET", {"Accept": "image/avif,image/webp,*/*"}),
    ("GET", {"X-Forwarded-Host": "elsewhere.example"}),
]
#: What is no size of a picture, whatever there is of it.
NEVER = [
    *(
        "master.jpg",
        "master.png",
        "master.webp",
        "w320.png",
        "w320.gif",
        "w999.jpg",
        "w99999.avif",
        "w0320.jpg",
    ),
    *(
        "w320.jpg.avif",
        "w320",
        "w320.",
        ".jpg",
        "",
        "../w320.jpg",
        "%2e%2e/w320.jpg",
        "w320.jpg/",
    ),
]
#: What is done with the story, in this order, and whether readers may then see its pictures.
STEPS = {
    "draft": False,
    "submit": False,
    "approve": False,
    "schedule": False,
    "publish": True,
    "licence ends": False,
    "licence again": True,
    "take down": False,
    "reinstate": True,
    "withdraw": True,
}
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
NOBODYS = "0" * 32
LONGEST_KEPT = 60  # seconds, by caches between us and readers
#: Headers that differ from answer to answer.
OWN_TO_EACH = {"Date", "X-Request-ID"}
IN_THE_SITE = "in-the-site"


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Found:
    """What was asked, and what was answered that should not have been."""

    asked: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def main(guesses: int) -> int:
    wrong: list[str] = []
    for vendor in _site.vendors():
        with _site.scratch(vendor) as site, _site.served(site.environ, "newsroom.wsgi:application") as server:
            found = Found()
            for step, is_shown in STEPS.items():
                pictures = json.loads(site.run("-m", "drills.b2_pictures", IN_THE_SITE, step))
                since = time.monotonic()
                walk(server.port, step, pictures, found, is_shown=is_shown)
                print(f"   {vendor}: {step}, walked in {time.monotonic() - since:.1f} s", flush=True)
            guess(server.port, list(pictures), guesses, found)
        print(f"   {vendor}: {dict(found.asked)}, {len(found.wrong)} answered otherwise than they should")
        wrong += found.wrong
    for each in wrong[:20]:
        print(f"   - {each}")
    return bool(wrong)


def walk(port: int, step: str, pictures: dict[str, list[str]], found: Found, *, is_shown: bool) -> None:
    """Ask for everything of each picture, in every way, and as often for what is nobody's."""
    specs = sorted({spec for sizes in pictures.values() for spec in sizes} | set(NEVER))
    for method, headers in WAYS:
        for spec in specs:
            nothing = ask(port, method, f"/media/{NOBODYS}/{spec}", headers)
            for key, sizes in pictures.items():
                got = ask(port, method, f"/media/{key}/{spec}", headers)
                shown = is_shown and spec in sizes
                found.asked["shown" if shown else "hidden"] += 1
                if not (_is_picture(got, spec) if shown else got == nothing and got.status == 404):
                    found.wrong.append(f"{step}: {method} {spec} {headers}: {got.status} {got.headers}")


def _is_picture(got: Answer, spec: str) -> bool:
    kept = re.search(r"s-maxage=(\d+)", got.headers.get("Cache-Control", ""))
    if kept is None or int(kept[1]) > LONGEST_KEPT:
        return False
    is_whole = got.status in {200, 206} and got.headers["Content-Type"] == TYPES[spec.rpartition(".")[2]]
    return is_whole or got.status == 304


def guess(port: int, keys: list[str], count: int, found: Found) -> None:
    """Ask for names that are none: at random, and one digit beside those that are."""
    nothing = ask(port, "GET", f"/media/{NOBODYS}/w320.jpg", {})
    for name in _guesses(keys, count):
        found.asked["guessed"] += 1
        if (got := ask(port, "GET", name, {})) != nothing:
            found.wrong.append(f"{name}: {got.status}")


def _guesses(keys: list[str], count: int) -> Iterator[str]:
    order = random.Random(2)
    for number in range(count):
        key = order.choice(keys)
        if number % 2:
            key = f"{order.getrandbits(128):032x}"
        else:
            place = order.randrange(32)
            key = key[:place] + f"{int(key[place], 16) ^ order.randrange(1, 16):x}" + key[place + 1 :]
        yield f"/media/{key}/w{order.choice((320, 640, 1280))}.{order.choice(list(TYPES))}"


def ask(port: int, method: str, path: str, headers: dict[str, str]) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, headers=headers)
    response = connection.getresponse()
    said = {name: value for name, value in response.headers.items() if name not in OWN_TO_EACH}
    answer = Answer(response.status, said, response.read())
    connection.close()
    return answer


def take(step: str) -> dict[str, list[str]]:
    """Take the story a step on; say which sizes there are of each of its pictures."""
    from django.utils import timezone

    from articles.models import Image, Rendition, Story
    from tests.newsdesk import draft, hire, picture

    now = timezone.now()
    if step == "draft":
        cast = hire()
        lead, inside = picture(cast.editor), picture(cast.editor, alt="Another")
        body = f'<p>Text.</p><figure><img data-file="{inside.key}" alt="Another"></figure>'
        draft(cast.editor, now=now, lead_image=lead, body=body)
        _developed()
    else:
        _perform(step, Story.objects.get(), now)
    made = Rendition.objects.made().select_related("image")
    return {
        image.key: [str(size) for size in made if size.image_id == image.pk] for image in Image.objects.all()
    }


def _developed() -> None:
    from django.utils import timezone

    from articles.models import Rendition
    from articles.pictures.developing import develop_next

    while develop_next(timezone.now()):
        pass
    assert not Rendition.objects.filter(made_at=None).exists()


def _perform(step: str, story: Any, now: Any) -> None:
    from datetime import timedelta

    from accounts.models import User
    from articles.desk import workflow
    from articles.models import Image

    editor, manager = (User.objects.get(email__startswith=f"{role}@") for role in ("editor", "manager"))
    match step:
        case "submit":
            workflow.perform(story, "submit", by=editor, now=now)
        case "approve":
            workflow.perform(story, "approve", by=manager, now=now, revision=story.version)
        case "schedule":
            workflow.perform(story, "schedule", by=manager, now=now, at=now + timedelta(days=1))
        case "publish":
            workflow.perform(story, "unschedule", by=manager, now=now)
            workflow.perform(story, "publish", by=manager, now=now)
        case "licence ends":
            Image.objects.update(licence_ends_at=now)
        case "licence again":
            Image.objects.update(licence_ends_at=None)
        case "take down" | "withdraw":
            kind = "rights" if step == "take down" else "withdrawn"
            workflow.perform(story, "take_down", by=manager, now=now, kind=kind, public_note="Not ours.")
        case "reinstate":
            workflow.perform(story, "reinstate", by=manager, now=now)


if __name__ == "__main__":
    if sys.argv[1:2] == [IN_THE_SITE]:
        django.setup()
        print(json.dumps(take(sys.argv[2])))
        sys.exit(0)
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 10_000))
