"""What readers get of a body."""

from articles.body.figures import Figure, figures
from articles.body.render import Picture, render, without
from articles.body.text import plain_text, prose, shortened
from tests.articles.body.markup import parsed

KEY = "a" * 32
OTHER = "b" * 32
BUS = Picture(KEY, 2000, 1000, credit="A & B <Photos>", widths=(320, 640, 1280, 2000))


def figure(key: str = KEY, alt: str = "A bus", caption: str = "The <b>bus</b>") -> str:
    return f'<figure><img data-file="{key}" alt="{alt}"><figcaption>{caption}</figcaption></figure>'


def widths(extension: str) -> str:
    return ", ".join(f"/media/{KEY}/w{width}.{extension} {width}w" for width in (320, 640, 1280, 2000))


class TestFigures:
    def test_have_sizes_caption_and_source(self):
        assert render(figure(), {KEY: BUS}) == (
            f'<figure data-image="{KEY}"><picture>'
            f'<source type="image/avif" srcset="{widths("avif")}" sizes="(min-width: 48rem) 42rem, 100vw">'
            f'<source type="image/webp" srcset="{widths("webp")}" sizes="(min-width: 48rem) 42rem, 100vw">'
            f'<img src="/media/{KEY}/w1280.jpg" srcset="{widths("jpg")}" sizes="(min-width: 48rem) 42rem, 100vw" '
            'width="2000" height="1000" loading="lazy" decoding="async" '
            'alt="A bus"></picture><figcaption>The <strong>bus</strong> <span class="credit">Image source: A &amp; B '
            "&lt;Photos&gt;</span></figcaption></figure>"
        )

    def test_are_left_out_when_the_picture_is_not_given(self):
        assert render(f"<p>a</p>{figure(OTHER)}", {KEY: BUS}) == "<p>a</p>"

    def test_fall_back_to_the_pictures_own_alt(self):
        assert 'alt="Bus"' in render(figure(alt=""), {KEY: Picture(KEY, 10, 10, alt="Bus")})

    def test_can_be_taken_out_of_a_stored_rendering(self):
        html = render(f"<p>a</p>{figure()}<p>b</p>{figure(OTHER)}", {KEY: BUS, OTHER: Picture(OTHER, 10, 10)})
        left = without(html, {KEY})
        assert KEY not in left
        assert "Photos" not in left
        assert OTHER in left
        assert without(html, set()) == html

    def test_are_listed_with_their_words(self):
        assert figures(figure()) == [Figure(KEY, "A bus", "The bus")]


class TestTables:
    TABLE = "<table>{}<tr><td>1</td><td>2</td></tr></table>"

    def test_scroll_in_a_box_that_the_keyboard_reaches(self):
        html = render(self.TABLE.format("") + self.TABLE.format("<caption>Cost & “use”</caption>"), {})
        boxes = parsed(html).findall("div")
        assert [box.get("aria-label") for box in boxes] == ["Table 1", "Cost & “use”"]
        assert all(box.get("tabindex") == "0" and box.get("role") == "region" for box in boxes)


class TestCrossheads:
    def test_have_names_that_stay_and_never_clash(self):
        html = render("<h2>Why <i>now</i>?</h2><h3>Why now</h3><h2>Où ça</h2><h2>…1</h2>", {})
        assert [h.get("id") for h in parsed(html)] == ["p-why-now", "p-why-now-2", "p-où-ça", "p-1"]

    def test_are_led_to_by_links_within_the_page(self):
        html = render('<p><a href="#Why-now">a</a> <a href="#fn1">b</a></p><h2>Why now?</h2>', {})
        assert html.startswith('<p><a href="#p-why-now">a</a> b</p>')


class TestPullQuotes:
    QUOTE = '<blockquote class="pull"><p>“It is <a href="/x">over</a>”</p></blockquote>'

    def test_are_silent_when_the_text_has_the_words(self):
        html = render(f"<p>She said: it is over.</p>{self.QUOTE}", {})
        assert '<blockquote aria-hidden="true" class="pull"><p>“It is over”</p></blockquote>' in html

    def test_are_read_out_when_they_are_new(self):
        assert "aria-hidden" not in render(f"<p>She said nothing.</p>{self.QUOTE}", {})


class TestText:
    BODY = (
        "<h2>A &amp; B</h2><p>One<br>two</p><ul><li>x<ul><li>y</li></ul></li></ul>"
        "<table><tr><td>1</td><td>2</td></tr></table>"
    )

    def test_keeps_paragraphs_apart(self):
        assert plain_text(self.BODY) == "A & B\n\nOne\ntwo\n\nx\ny\n\n1\t2"

    def test_prose_leaves_code_out(self):
        assert prose("<p>Use <code>{{ x }}</code> now</p><pre>{% y %}</pre>") == "Use  now"

    def test_is_shortened_between_words(self):
        assert shortened("One two, three", 10) == "One two…"
        assert shortened("Short", 80) == "Short"
        assert shortened("Unbreakable", 5) == "Unbr…"
