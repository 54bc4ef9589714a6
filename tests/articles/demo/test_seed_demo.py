"""The command `seed_demo`: once, again, interrupted, and where it must not."""

import io

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from articles.demo import content, library, walk
from articles.models import Author, Edition, Image, Revision, Section, Story, StoryEvent, Tag
from tests.articles.demo.running import plain_drawing

pytestmark = pytest.mark.django_db

FEW = tuple(
    piece
    for piece in content.pieces()
    if piece.slug.startswith(("n", "w", "t", "c")) and not piece.links()  # the others would lead nowhere
)
USED = {name for piece in FEW for name in (piece.picture, *piece.figures())}


@pytest.fixture
def small(monkeypatch):
    """A demo of a few stories and the pictures they use."""
    words = {name: each for name, each in content.pictures().items() if name in USED}
    monkeypatch.setattr(content, "pieces", lambda: FEW)
    monkeypatch.setattr(content, "pictures", lambda: words)
    monkeypatch.setattr(library, "draw", plain_drawing)
    monkeypatch.setenv("DEMO_PASSWORD", "open sesame")


def seed() -> str:
    out = io.StringIO()
    call_command("seed_demo", stdout=out, verbosity=0, force=True)
    return out.getvalue()


def counts() -> dict[str, int]:
    models = (User, Section, Tag, Author, Image, Story, Revision, StoryEvent, Edition)
    return {model.__name__: model.objects.count() for model in models}


class TestSeedDemo:
    def test_tells_the_sign_ins_and_hides_a_password_that_was_given(self, small):
        told = seed()
        assert "second.manager@newsroom.example" in told
        assert "open sesame" not in told
        assert User.objects.get(email="editor@newsroom.example").check_password("open sesame")

    def test_a_random_password_is_printed(self, small, monkeypatch):
        monkeypatch.delenv("DEMO_PASSWORD")
        password = seed().split("Their password is ")[1].split()[0]
        assert User.objects.get(email="manager@newsroom.example").check_password(password)

    def test_a_second_run_changes_nothing(self, small):
        seed()
        before = counts()
        assert before["Story"] == len(FEW) and before["Image"] == len(USED - {""})
        assert "nothing was changed" in seed()
        assert counts() == before

    def test_goes_on_where_an_interrupted_run_stopped(self, small, monkeypatch):
        go, gone = walk.Walk.go, []

        def interrupted(self):
            if len(gone) == 3:
                raise KeyboardInterrupt
            gone.append(self.piece.slug)
            return go(self)

        monkeypatch.setattr(walk.Walk, "go", interrupted)
        with pytest.raises(KeyboardInterrupt):
            seed()
        assert Story.objects.count() == 3
        monkeypatch.setattr(walk.Walk, "go", go)
        seed()
        assert Story.objects.count() == len(FEW)

    def test_is_refused_in_production(self, settings):
        settings.DEBUG = False
        with pytest.raises(CommandError, match="--force"):
            call_command("seed_demo", verbosity=0)
        assert not User.objects.exists()
