"""The editor offers what the cleaner keeps: no more, no less."""

import pytest
from django.contrib.staticfiles import finders
from django_prose_editor.config import allowlist_from_extensions, expand_extensions

from articles.body.clean import clean
from articles.body.editor import CONFIG, EXTENSIONS, MODULES
from articles.body.schema import ELEMENTS, MARK_ORDER, MARKS

#: Attributes that the library would let through and the cleaner does not.
TAKEN_OFF = {
    "ol": {"type", "data-type"},
    "a": {"title", "rel"},
    "img": {"src", "width", "height"},
    "figure": {"class"},
}

#: What the cleaner adds by itself, because no writer should have to think of it.
ADDED = {"th": {"scope"}}


def test_elements_are_the_same() -> None:
    assert allowlist_from_extensions(EXTENSIONS)["tags"] == set(ELEMENTS)


def test_attributes_are_the_same_but_for_those_named_here() -> None:
    library = allowlist_from_extensions(EXTENSIONS)["attributes"]
    for name, ours in ELEMENTS.items():
        assert library.get(name, set()) - TAKEN_OFF.get(name, set()) == set(ours) - ADDED.get(name, set()), (
            name
        )


def test_every_mark_is_an_element() -> None:
    assert set(MARKS.values()) == set(MARK_ORDER) <= set(ELEMENTS)


def test_no_extension_is_missing_or_unknown() -> None:
    assert CONFIG["extensions"] is EXTENSIONS
    expand_extensions(EXTENSIONS)


@pytest.mark.parametrize("path", [str(path) for path in MODULES[0]["js"]])
def test_our_modules_are_there(path: str) -> None:
    assert finders.find(path.removeprefix("/static/"))


def test_what_the_editor_makes_of_a_body_is_the_same_body() -> None:
    editors = (
        '<h2>Part</h2><p>One <a href="/x">two</a><br>three</p><ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul>'
        '<blockquote class="pull"><p>q</p></blockquote><table><caption>c</caption><tbody><tr><th><p>A</p></th>'
        "<th><p>B</p></th></tr><tr><td><p>1</p></td><td><p>2</p></td></tr></tbody></table><pre><code>x\n y</code></pre>"
    )
    assert clean(editors) == clean(clean(editors))
    assert "<ul><li>a<ul><li>b</li></ul></li></ul>" in clean(editors)
