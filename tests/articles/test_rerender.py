"""`rerender` after a change to the renderer."""

from io import StringIO

import pytest
from django.core.management import call_command

from articles import rendering
from articles.models.editions import Rendering
from tests.newsdesk import Cast, published


@pytest.fixture
def told() -> StringIO:
    return StringIO()


class TestRerender:
    def test_rebuilds_what_an_older_renderer_made(self, cast: Cast, told: StringIO) -> None:
        story = published(cast, body="<p>Forms go on line.</p>")
        Rendering.objects.update(html="<p>old markup</p>", renderer=0)
        call_command("rerender", verbosity=0, stdout=told)
        now = Rendering.objects.get(edition__story=story)
        assert "Forms go on line." in now.html
        assert now.renderer == rendering.RENDERER
        assert told.getvalue() == "1 renderings rebuilt.\n"

    def test_leaves_alone_what_is_up_to_date(self, cast: Cast, told: StringIO) -> None:
        published(cast)
        call_command("rerender", verbosity=0, stdout=told)
        assert told.getvalue() == "0 renderings rebuilt.\n"

    def test_makes_one_that_is_missing(self, cast: Cast, told: StringIO) -> None:
        published(cast)
        Rendering.objects.all().delete()
        call_command("rerender", verbosity=0, stdout=told)
        assert Rendering.objects.count() == 1
