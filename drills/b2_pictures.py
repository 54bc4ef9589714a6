"""Drill B2: ask a served newsroom for 10,000 guessed names of pictures, and for a draft's picture in every way.

Passes when every answer is the same 404, with no query for a name that is none, and a published picture answers.
`python -m drills.b2_pictures [COUNT]`
"""

import http.client
import json
import random
import sys

import django

from benchmarks import _site

WAYS = [
    ("GET", {}),
    ("HEAD", {}),
    ("GET", {"Range": "bytes=0-99"}),
    ("GET", {"If-None-Match": "*"}),
    ("GET", {"If-Modified-Since": "Mon, 01 Jan 2035 00:00:00 GMT"}),
    ("GET", {"X-Forwarded-Host": "elsewhere.example"}),
]
SPECS = [
    "w320.jpg",
    "w640.jpg",
    "w1280.jpg",
    "master.png",
    "master.jpg",
    "w320.png",
    "w320.webp",
    "",
    "../w320.jpg",
]
PREPARE = "prepare"


def main(count: int) -> int:
    with _site.scratch("sqlite") as site:
        site.run("-m", "benchmarks._archive", "20")
        keys = json.loads(site.run("-m", "drills.b2_pictures", PREPARE))
        with _site.served(site.environ, "newsroom.wsgi:application") as server:
            found = attack(server.port, keys["hidden"], count)
            shown = ask(server.port, "GET", f"/media/{keys['shown']}/w320.jpg", {})[0]
    print(f"   {found['asked']:,} asked, {len(found['leaks'])} answered otherwise than with the one 404")
    for leak in found["leaks"][:10]:
        print(f"   - {leak}")
    print(f"   a published picture answers {shown}")
    return bool(found["leaks"]) or shown != 200


def attack(port: int, hidden: str, count: int) -> dict[str, object]:
    """Ask for what must not be there; everything that is not byte for byte the answer to nonsense is a leak."""
    nothing = ask(port, "GET", f"/media/{'0' * 32}/w320.jpg", {})
    asked, leaks = 0, []
    for method, headers in WAYS:
        for spec in SPECS:
            status, body = ask(port, method, f"/media/{hidden}/{spec}", headers)
            asked += 1
            if status != 404 or body not in (nothing[1], b""):
                leaks.append(f"{method} {spec} {headers}: {status}")
    order = random.Random(2)
    for _ in range(count):
        guess = f"/media/{order.getrandbits(128):032x}/{order.choice(SPECS[:4])}"
        asked += 1
        if (got := ask(port, "GET", guess, {})) != nothing:
            leaks.append(f"{guess}: {got[0]}")
    return {"asked": asked, "leaks": leaks}


def ask(port: int, method: str, path: str, headers: dict[str, str]) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, headers=headers)
    response = connection.getresponse()
    answer = response.status, response.read()
    connection.close()
    return answer


def prepare() -> dict[str, str]:
    """Add a picture that only a draft uses; name it, and one that a live edition shows."""
    django.setup()
    from articles.models import Edition, Image
    from benchmarks._archive import picture

    hidden = picture(7)
    shown = Image.objects.exclude(pk=hidden.pk).filter(pk__in=Edition.objects.values("lead_image")).first()
    assert shown is not None
    return {"hidden": hidden.key, "shown": shown.key}


if __name__ == "__main__":
    if sys.argv[1:] == [PREPARE]:
        print(json.dumps(prepare()))
        sys.exit(0)
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 10_000))
