"""Requests that are meant to cost more than they are worth, by any reader, at any page that takes something."""

from collections.abc import Iterator
from urllib.parse import quote

LISTINGS = (
    "/articles/",
    "/sections/{word}/",
    "/topics/{word}/",
    "/authors/{word}/",
    "/corrections/",
    "/archive/2026/",
)
LONG = 10_000

#: What makes careless expressions try for ever.
SLOW_TO_MATCH = {
    "nested repeats": "a" * 5000 + "!",
    "spaces": " " * 8000 + "x",
    "slashes": "/" * 5000,
    "dashes": "-" * 5000 + "é",
    "dots": "." * 5000 + "@",
    "open brackets": "(" * 5000,
    "quotes": '"' * 5001,
    "entities": "&#x" * 2500,
    "tags": "<a" * 3000,
    "percent signs": "%25" * 2500,
    "combining marks": "e" + "\u0301" * 4000,
    "width": "\ufdfa" * 1500,
    "stars": "a*" * 3000,
    "words": " ".join(f"w{n}" for n in range(1800)),
    "or": " or ".join(["council"] * 900),
    "not": " ".join(["-council"] * 900),
}

LANGUAGES = {
    "many languages": ",".join(f"a{n}-b{n};q=0.{n}" for n in range(600)),
    "one long language": "a-" * 4000,
    "commas": "," * 7000,
    "weights": ";q=" * 2500,
}


def requests(slug: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Give what it is, its path with a query, and its headers."""
    for what, text in SLOW_TO_MATCH.items():
        yield f"search: {what}", f"/search/?q={quote(text)}", {}
        yield f"address: {what}", f"/articles/{quote(text[:4000], safe='')}/", {}
        yield f"API: {what}", f"/api/v1/articles?q={quote(text)}", {}
    yield "search: 10 kB of one word", f"/search/?q={'a' * LONG}", {}
    yield "search: 10 kB of words", f"/search/?q={quote('the council ' * (LONG // 12))}", {}
    for page in ("1000000000", "9" * 400, "-1", "0x7fffffff", "1e9", "NaN", "%00", "%D9%A3"):
        yield f"search: page {page[:12]}", f"/search/?q=council&page={page}", {}
        for listing in (*LISTINGS[:1], *LISTINGS[4:]):
            yield f"{listing} page {page[:12]}", f"{listing}?page={page}", {}
    for cursor in ("A" * LONG, "AAAAAAAAAAAAAAAAAAAAAA", "_" * 22, quote("\u0301" * 2000), "9" * 22):
        for listing in LISTINGS:
            path = listing.format(word="records")
            yield f"{path} before {cursor[:12]}", f"{path}?before={cursor}", {}
    many = "&".join(f"p{n}={n}" for n in range(1000))
    same = "&".join(["q=council"] * 1000)
    for path in (
        "/",
        "/articles/",
        f"/articles/{slug}/",
        "/search/",
        "/alerts/",
        "/feeds/latest.rss",
        "/api/v1/articles",
    ):
        yield f"{path}: 1,000 parameters", f"{path}?{many}", {}
        yield f"{path}: one parameter 1,000 times", f"{path}?{same}", {}
        for what, languages in LANGUAGES.items():
            yield f"{path}: {what}", path, {"Accept-Language": languages}
        yield f"{path}: cookies", path, {"Cookie": "; ".join(f"c{n}={n}" for n in range(700))}
        yield f"{path}: accepts", path, {"Accept-Encoding": "gzip;q=0.1," * 600, "Accept": "a/b," * 1500}
        yield f"{path}: conditions", path, {"If-None-Match": ", ".join(f'"{n}"' for n in range(900))}
        yield f"{path}: ranges", path, {"Range": "bytes=" + ",".join(f"{n}-{n}" for n in range(900))}
        yield f"{path}: forwarded", path, {"X-Forwarded-For": "1.1.1.1," * 800}
    yield "deep path", "/" + "a/" * 2000, {}
    yield "year", "/archive/" + "9" * 3000 + "/", {}
    yield "sitemap", "/sitemap-articles-" + "9" * 3000 + ".xml", {}
