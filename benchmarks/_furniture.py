"""Furnishes an empty newsroom: the sections, topics, authors and pictures that the stories of an archive share."""

from io import BytesIO

from benchmarks._stories import (
    AUTHORS,
    PICTURES,
    SECTIONS,
    Furniture,
    Named,
    Picture,
    author_names,
    topic_names,
)


def furnish() -> Furniture:
    """Write the sections, topics, authors and pictures that stories share."""
    from articles.models import Author, Section, Tag

    slugs = {name: name.lower().replace(" ", "-") for name in SECTIONS}
    sections = [Section(name=name, slug=slugs[name], order=order) for order, name in enumerate(SECTIONS)]
    topics = [Tag(name=name, slug=f"topic-{rank}") for rank, name in enumerate(topic_names())]
    authors = [
        Author(name=name, slug=f"writer-{rank}", job_title="Reporter")
        for rank, name in enumerate(author_names()[:AUTHORS])
    ]
    for model, rows in ((Section, sections), (Tag, topics), (Author, authors)):
        model._default_manager.bulk_create(rows, batch_size=1000)
    named = [[Named(one.pk, one.name, one.slug) for one in rows] for rows in (sections, topics, authors)]
    return Furniture(*named, [drawn(number) for number in range(PICTURES)])


def drawn(number: int) -> Picture:
    """Draw a picture and put it into the library, under the same key each time."""
    from PIL import Image as Pillow

    from articles.pictures.library import add

    data = BytesIO()
    shifted = Pillow.linear_gradient("L").resize((1400, 900)).point(lambda value: (value + 37 * number) % 256)
    shifted.save(data, "PNG")
    data.seek(0)
    data.name = "picture.png"  # type: ignore[attr-defined]
    image = add(
        data, by=None, key=f"{number:032x}", alt=f"A gradient, number {number}", credit="Drawn by code"
    )
    use = {
        "key": image.key,
        "alt": image.alt,
        "decorative": False,
        "caption": "",
        "credit": image.credit,
        "focal": [0.5, 0.5],
        "width": image.width,
        "height": image.height,
    }
    return Picture(image.pk, use)
