"""Drill E7: through nginx nobody plants a word in what others get, and nobody finds a page that was another's.

Headers that no key holds, odd parameters, cookies and passwords go with the first request for each page; the second,
a plain one, must have no word of them. Pages of staff under the name of a file must not be kept.
`python -m drills.e7_poisoning`
"""

import sys

from benchmarks import _site
from drills import _nginx
from drills._verdict import verdict

MARK = "zanzara"
HEADERS = (
    *(
        "Accept-Language",
        "Accept",
        "User-Agent",
        "Referer",
        "Origin",
        "Cookie",
        "Authorization",
        "Via",
        "Vary",
    ),
    *("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Scheme"),
    *("X-Forwarded-Prefix", "X-Forwarded-Port", "X-Host", "X-Original-URL", "X-Rewrite-URL", "X-Request-ID"),
    *(
        "X-HTTP-Method-Override",
        "X-Real-IP",
        "X-Requested-With",
        "True-Client-IP",
        "Content-Type",
        "SCRIPT_NAME",
    ),
)
PUBLIC = (
    "/",
    "/articles/",
    "/articles/story-{}/",
    "/feeds/latest.rss",
    "/api/v1/articles/",
    "/search/?q=story",
)
PRIVATE = (
    "/accounts/login/",
    "/accounts/x.css",
    "/admin/",
    "/admin/a.js",
    "/alerts/",
    "/alerts/x.css",
    "/preview/x.css",
)


def main() -> int:
    with _site.scratch("sqlite") as site:
        site.run("-m", "benchmarks._archive", "100")
        with (
            _site.served(site.environ, "newsroom.wsgi:application") as web,
            _nginx.in_front_of(web.port) as port,
        ):
            return verdict(*judged(port))


def judged(port: int) -> tuple[bool, str]:
    planted, cookies, asked = [], [], 0
    for number, header in enumerate(HEADERS):
        for page in (path.format(number) for path in PUBLIC):
            sign = "&" if "?" in page else "?"
            odd = f"{page}{sign}utm_source={MARK}&before[]={MARK}"
            first = _nginx.ask(port, odd, **{header: f"{MARK}.example"})
            _nginx.ask(port, page, **{header: f"{MARK}.example"})
            second = _nginx.ask(port, page)
            asked += 3
            for answer in (first, second):
                said = answer.body.decode(errors="replace") + repr(answer.headers)
                if MARK in said and header != "X-Request-ID":
                    planted.append(f"{header} at {page}")
                if "Set-Cookie" in answer.headers:
                    cookies.append(page)
    kept = [
        page for page in PRIVATE for _ in range(2) if _nginx.ask(port, page).headers.get("X-Cache") == "HIT"
    ]
    for fault in sorted({*planted, *cookies, *kept}):
        print(f"   {fault}")
    found = f"{len(planted)} planted, {len(cookies)} cookies, {len(kept)} kept"
    return not (planted or cookies or kept), f"{len(HEADERS)} headers, {asked} requests: {found}"


if __name__ == "__main__":
    sys.exit(main())
