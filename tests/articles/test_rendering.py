"""What readers get of a body's pictures."""

from articles.models.editions import Rendering
from tests.newsdesk import Cast, picture, published


class TestPictures:
    def test_without_words_of_their_own_have_the_librarys(self, cast: Cast) -> None:
        image = picture(cast.editor, alt="A town hall at dusk", credit="Council archive")
        story = published(cast, body=f'<p>Text.</p><figure><img data-file="{image.key}" alt=""></figure>')
        html = Rendering.objects.get(edition__story=story).html
        assert 'alt="A town hall at dusk"' in html
        assert "Image source: Council archive" in html

    def test_that_are_decorative_stay_silent(self, cast: Cast) -> None:
        image = picture(cast.editor, alt="", decorative=True, credit="Council archive")
        story = published(cast, body=f'<p>Text.</p><figure><img data-file="{image.key}" alt=""></figure>')
        assert 'alt=""' in Rendering.objects.get(edition__story=story).html
