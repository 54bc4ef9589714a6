"""Drill D4: the disk of database and pictures, 64 MB, runs full while editors save.

Passes when whoever saves or uploads is told so in words, gets their form back and loses nothing; readers read on; all
goes well again as soon as there is room, without a restart. On SQLite; needs the right to mount a file system.
`python -m drills.d4_full`; tests/newsroom/test_outages.py is it small.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from html import unescape
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

from PIL import Image

from benchmarks import _site
from benchmarks._site import Scratch
from drills._editors import TOKEN, Editor
from drills._reporter import Reporter
from drills._verdict import verdict

MEGABYTES = 64
PAGES = (
    "/",
    "/articles/",
    "/articles/on-the-record/",
    "/feeds/latest.rss",
    "/search/?q=records",
    "/sections/local-government/",
)
PUBLISH = (
    "import django; django.setup(); from django.utils import timezone; from tests.newsdesk import hire, published;"
    "published(hire(), now=timezone.now(), headline='On the record', slug='on-the-record')"
)
WORDS = "The server’s disk is full"


def main() -> int:
    with _site.scratch("sqlite") as made, _small_disk(Path(made.environ["VAR_DIR"]) / "disk") as disk:
        environ = {
            "DATABASE_URL": f"sqlite:///{disk}/newsroom.sqlite3",
            "STORAGE_URL": f"file://{disk}/media",
            "REQUIRE_SECOND_FACTOR": "off",
            "LOG_LEVEL": "CRITICAL",
        }
        site = replace(made, environ={**made.environ, **environ})
        site.run("manage.py", "migrate", "--verbosity=0")
        person = json.loads(site.run("-m", "drills._day", "prepare", "1", "0"))[0]
        site.run("-c", PUBLISH)
        with _site.served(site.environ, "newsroom.wsgi:application") as web:
            told = _walked(site, web.port, person, disk)
    for what, fine in told.items():
        print(f"   {'yes' if fine else 'NO':4}{what}")
    return verdict(
        all(told.values()),
        f"a full disk of {MEGABYTES} MB: {sum(told.values())} of {len(told)} promises kept",
    )


def _walked(site: Scratch, port: int, person: dict[str, object], disk: Path) -> dict[str, bool]:
    editor, reporter = Editor(port, person, every=1), Reporter(port, str(person["session"]))
    long = "<p>" + "The council keeps its records. " * 3000 + "</p>"
    before, _ = _save(editor, headline="Saved before", body="<p>Short.</p>")
    _fill(disk / "ballast")
    full, page = _save(editor, headline="Typed while full", body=long)
    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    read = {path: reporter.get(path).status for path in PAGES}
    upload = reporter.upload("hall.jpg", _picture())
    (disk / "ballast").unlink()
    again, _ = _save(editor, **{name: unescape(kept.get(name, "")) for name in ("headline", "body")})
    uploaded = reporter.upload("hall.jpg", _picture())
    record = site.run("manage.py", "verify_record", "--verbosity=0")
    for words in (f"full: {full}", f"read: {read}", f"upload: {upload['status']}, then {uploaded['status']}"):
        print(f"   {words}")
    return {
        "a save goes through while there is room": before == 302,
        "a save on a full disk is answered 507, in words": full == 507 and WORDS in page,
        "the form is kept": unescape(kept.get("body", "")) == long,
        "readers read on": set(read.values()) == {200},
        "an upload is refused, and not with a bare 500": upload["status"] in (422, 507),
        "the same form is saved when there is room, without a restart": again == 302,
        "an upload too": uploaded["status"] == 200,
        "the record is as it was written": "as it was written" in record,
    }


def _save(editor: Editor, **fields: str) -> tuple[int, str]:
    """As a browser sends the story's form."""
    editor.form |= fields
    status, page = editor._ask("POST", urlencode(editor.form | {"csrfmiddlewaretoken": TOKEN}, doseq=True))
    if status == 302:
        editor.form["seen"] = int(editor.form["seen"]) + 1
    return status, page


def _fill(path: Path) -> None:
    """To the last byte."""
    with path.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while file.write(b"\0" * size):
                    pass
            except OSError:
                continue


def _picture() -> bytes:
    data = BytesIO()
    Image.effect_noise((1600, 1000), 60).convert("RGB").save(data, "JPEG", quality=90)
    return data.getvalue()


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    if os.geteuid() != 0:
        raise SystemExit("FAIL to mount a small disk needs root")
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


if __name__ == "__main__":
    sys.exit(main())
