"""The real editor in a real browser: what is pasted, and what a body is after being opened and left alone."""

import json
import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import django_prose_editor
import pytest
from django_prose_editor.config import expand_extensions

from articles.body.clean import clean
from articles.body.editor import EXTENSIONS
from newsroom.security import EDITOR_STYLE
from tests.articles.body.test_office import DOCS, WORD

pytestmark = pytest.mark.browser

BOX = "[contenteditable=true]"
KEY = "0123456789abcdef0123456789abcdef"
LIBRARY = Path(django_prose_editor.__file__).parent / "static"
OURS = Path(__file__).parents[3] / "static"

PAGE = """<!doctype html><html lang="en"><title>Editor</title><link rel="icon" href="data:,">
<script type="importmap" nonce="n">
{"imports": {"django-prose-editor/editor": "/django_prose_editor/editor.js"}}</script>
<script type="module" nonce="n" src="/django_prose_editor/configurable.js"></script>
<textarea id="id_body" data-django-prose-editor-configurable='CONFIG'>BODY</textarea>"""

POLICY = (
    f"default-src 'none'; script-src 'self' 'nonce-n'; style-src 'self' {EDITOR_STYLE}; img-src 'self' data:"
)

PASTE = """html => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  const box = document.querySelector("[contenteditable=true]");
  box.focus();
  box.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
  return document.getElementById("id_body").value;
}"""

WRITING_IN = """tag => document.activeElement.isContentEditable
  && getSelection().anchorNode?.parentElement?.closest(tag)"""


class Handler(SimpleHTTPRequestHandler):
    page = b""

    def do_GET(self) -> None:
        if self.path == "/":
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", POLICY)
            self.end_headers()
            self.wfile.write(self.page)
        else:
            super().do_GET()

    def translate_path(self, path: str) -> str:
        found = OURS / path.lstrip("/")
        return str(found if found.exists() else LIBRARY / path.lstrip("/"))

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def opened(page: Any, address: str, body: str = "") -> list[str]:
    """Open the editor on a body; returns the complaints, which grow while the page is used."""
    modules = ["/desk/editor/paste.js", "/desk/editor/table.js"]
    config = json.dumps({"extensions": expand_extensions(EXTENSIONS), "js_modules": modules}).replace(
        "'", "&#39;"
    )
    escaped = body.replace("&", "&amp;").replace("<", "&lt;")
    Handler.page = PAGE.replace("CONFIG", config).replace("BODY", escaped).encode()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    page.wait_for_selector(BOX)
    return complaints


def touched(page: Any) -> str:
    """The text as the editor writes it after one letter was typed at the end and taken back."""
    page.locator(BOX).focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("x")
    page.keyboard.press("Backspace")
    return str(page.locator("#id_body").input_value())


@pytest.mark.parametrize("html", [WORD, DOCS], ids=["Word", "Google Docs"])
def test_paste_is_clean_at_once(page: Any, address: str, html: str) -> None:
    complaints = opened(page, address)
    pasted = page.evaluate(PASTE, html)
    assert clean(pasted) == clean(html).replace("&nbsp;", " ")
    assert complaints == []


def test_foreign_pictures_and_scripts_are_not_pasted(page: Any, address: str) -> None:
    complaints = opened(page, address)
    pasted = page.evaluate(
        PASTE, "<p>a<img src='/x' onerror='document.title=1'><script>document.title=2</script>b</p>"
    )
    assert clean(pasted) == "<p>ab</p>"
    assert "img" not in pasted
    assert page.title() == "Editor"
    assert complaints == []


def test_opening_a_body_changes_nothing(page: Any, address: str) -> None:
    body = clean(
        "<h2>Part</h2><p>One <a href='/x'><code>two</code></a> and <b><i>three</i></b> H<sub>2</sub>O<br>four</p>"
        "<ul><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ul><ol start=4><li>e</li></ol>"
        "<blockquote class=pull><p>q</p></blockquote><blockquote><p>r</p><ul><li>s</li></ul></blockquote>"
        "<table><caption>Cost</caption><tr><td><th>A<th>B<tr><th rowspan=2>x<td>1<td>2<tr><td colspan=2>3</table>"
        f"<figure><img data-file={KEY} alt='A &quot;bus&quot;'><figcaption>The <b>bus</b></figcaption></figure>"
        "<pre><code>if x:\n    y &lt; z</code></pre><hr><h3>Last</h3><p>10\xa0km</p>"
    )
    complaints = opened(page, address, body.replace("<img ", "<img src='/desk/editor/paste.js' "))
    assert clean(touched(page)) == body
    assert complaints == []


def test_a_new_table_begins_with_a_row_of_headings(page: Any, address: str) -> None:
    opened(page, address)
    page.locator(BOX).focus()
    page.get_by_role("button", name="Insert table").click()
    page.get_by_label("Rows").fill("2")
    page.get_by_label("Columns").fill("1")
    page.keyboard.press("Enter")
    # The editor puts the cursor into the first cell a frame after the dialog has gone.
    page.wait_for_function(WRITING_IN, arg="th")
    page.keyboard.type("Cost")
    page.keyboard.press("Tab")
    page.keyboard.type("£5")
    text = clean(page.locator("#id_body").input_value())
    assert re.sub("</?p>", "", text).endswith(
        "Cost</th></tr></thead><tbody><tr><td>£5</td></tr></tbody></table>"
    )


def test_table_caption_can_be_written(page: Any, address: str) -> None:
    opened(page, address, "<table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>")
    page.locator(f"{BOX} td").first.click()
    page.get_by_role("button", name="Table caption").click()
    page.get_by_role("textbox", name="Caption").fill("Cost & use")
    page.get_by_role("button", name="Save").click()
    assert clean(page.locator("#id_body").input_value()).startswith(
        "<table><caption>Cost &amp; use</caption>"
    )
    assert page.locator(f"{BOX} caption").inner_text() == "Cost & use"


def test_quote_can_become_a_pull_quote(page: Any, address: str) -> None:
    opened(page, address, "<blockquote><p>Said so</p></blockquote>")
    page.locator(f"{BOX} blockquote p").click()
    page.evaluate("""() => new Promise(done => {
      const options = [...document.querySelectorAll(".prose-menubar__option")];
      options.find((option) => option.textContent.includes("Pull quote")).click();
      done();
    })""")
    assert (
        clean(page.locator("#id_body").input_value())
        == '<blockquote class="pull"><p>Said so</p></blockquote>'
    )
