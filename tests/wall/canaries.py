"""A story in which everything that could leak carries a mark, and whether an answer has it."""

from typing import Any

from django.http import HttpResponse

from tests.newsdesk import author, picture, section, topic

MARK = "zanzara"


def canary(state: str) -> dict[str, Any]:
    """The fields of a story in which everything that could leak carries the mark."""
    words = f"{MARK} {state.replace('_', ' ')}"
    inside = picture(alt=f"{words} inside")
    caption = f"<figcaption>{words} caption</figcaption>"
    return {
        "headline": f"{words} headline",
        "slug": f"{MARK}-{state.replace('_', '-')}",
        "standfirst": f"{words} standfirst",
        "kicker": f"{words} kicker",
        "search_headline": f"{words} search",
        "social_headline": f"{words} social",
        "body": f'<p>{words} body</p><figure><img data-file="{inside.key}" alt="{words}">{caption}</figure>',
        "lead_image": picture(alt=f"{words} alt", caption=f"{words} caption", credit=f"{words} credit"),
        "topics": [topic(f"{words} topic")],
        "authors": [author(f"{words} author", f"{words} title")],
        "section": section(f"{words} section", f"{MARK}-{state}-section"),
    }


def leaks(response: HttpResponse) -> bool:
    got = response.content.decode(errors="replace") + repr(dict(response.headers))
    return MARK in got.casefold()
