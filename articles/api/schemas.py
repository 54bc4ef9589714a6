"""What the API says: every object and field, with the words that document them."""

from datetime import datetime

from ninja import Field, Schema


class Named(Schema):
    """A section or a topic."""

    name: str
    slug: str
    url: str = Field(description="Its page on the site.")


class Person(Schema):
    name: str
    job_title: str = Field(description="As printed; empty where there is none.")
    slug: str
    url: str = Field(description="The author's page on the site.")


class Byline(Schema):
    printed: str = Field(description="The byline as the page prints it; empty where there is none.")
    people: list[Person]
    label: str = Field(description="What stands where no person does, such as “Industry Voice”.")


class PictureFile(Schema):
    url: str
    type: str = Field(description="The media type, such as image/avif.")
    width: int = Field(description="In pixels.")
    height: int = Field(description="In pixels.")


class Picture(Schema):
    """The lead picture, where its licence covers passing it on. A licence may end: ask again before you show it."""

    alt: str = Field(description="What it shows; empty where it is decorative.")
    caption: str
    credit: str = Field(description="To be printed wherever the picture is shown.")
    files: list[PictureFile]


class Correction(Schema):
    """A dated note: a correction, a clarification or a retraction."""

    kind: str = Field(description="clarification, correction or retraction.")
    note: str
    at: datetime


class Article(Schema):
    """One article as lists have it."""

    id: str = Field(description="Its name for ever (RFC 4151), whatever becomes of headline and address.")
    slug: str
    url: str = Field(description="Its page on the site; the canonical address.")
    api_url: str = Field(description="The whole article, from this API.")
    headline: str
    standfirst: str
    kicker: str
    kind: str = Field(description="news, feature, opinion, analysis, sponsored …")
    kind_label: str = Field(description="What readers are warned with; empty for plain news.")
    is_retracted: bool = Field(description="Whether it no longer stands. Say so wherever you show it.")
    section: Named | None
    topics: list[Named]
    byline: Byline
    published_at: datetime = Field(description="When it was first published.")
    updated_at: datetime | None = Field(description="When its text last changed in substance.")
    picture: Picture | None


class Notice(Schema):
    """What stands above a text that was withdrawn and can still be read. Show it with the text."""

    note: str
    at: datetime


class WholeArticle(Article):
    """One article with its text."""

    html: str = Field(
        description="The text in HTML, with absolute addresses; clean, without scripts or styles."
    )
    corrections: list[Correction]
    withdrawn: Notice | None
    history_url: str = Field(description="Every published version, on the site.")


class Articles(Schema):
    """A page of articles, the newest first."""

    articles: list[Article]
    next: str | None = Field(description="The address of the next page; null on the last.")


class Problem(Schema):
    """What is wrong, in words (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str


class Gone(Problem):
    """An article that was taken down."""

    note: str = Field(description="What the publisher says of it.")
    at: datetime
