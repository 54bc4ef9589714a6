"""Renderings: an edition's body made ready to read, rebuilt whenever the renderer changes.

Content is for ever, rendering is not: raise RENDERER with every change to what `articles.body` makes of a text,
and `manage.py rerender` brings the stored ones up to date.
"""

from articles.body.render import Picture, render
from articles.body.text import plain_text
from articles.models.editions import Edition, Rendering
from articles.pictures.renditions import widths_for
from articles.search.index import store_document

RENDERER = 3


def store_rendering(edition: Edition) -> Rendering:
    """Make, or make again, what is read of a saved edition: its rendering, and its words for search."""
    html, text = rendered(edition)
    rendering, _ = Rendering.objects.update_or_create(
        edition=edition, defaults={"html": html, "text": text, "renderer": RENDERER}
    )
    store_document(edition, text)
    return rendering


def rendered(edition: Edition) -> tuple[str, str]:
    """The body as readers' HTML, and as plain text."""
    public = edition.public()
    pictures = {
        use["key"]: Picture(
            key=use["key"],
            width=use["width"],
            height=use["height"],
            credit=use["credit"],
            alt=use["alt"],
            widths=widths_for(use["width"]),
        )
        for use in public["pictures"]
    }
    return render(public["body"], pictures), plain_text(public["body"])
