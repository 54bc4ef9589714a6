"""The desk's scripts as they are stored: under names that change with what they say."""

import re
from pathlib import Path

from django.conf import settings

DESK = Path(settings.BASE_DIR) / "static" / "desk"


def test_no_page_loads_a_module_that_another_imports() -> None:
    """A page asks for the stored name, an import for the plain one: the module would run twice, in production only."""
    scripts = "\n".join(script.read_text() for script in DESK.glob("*.js"))
    imported = set(re.findall(r'(?:from|import) "\./([\w-]+\.js)"', scripts))
    pages = "".join(page.read_text() for page in (Path(settings.BASE_DIR) / "templates").rglob("*.html"))
    loaded = set(re.findall(r'static ["\']desk/([\w-]+\.js)["\']', pages))
    assert {"autosave.js", "keeping.js"} <= imported
    assert imported & loaded == set()
    assert all((DESK / name).exists() for name in imported | loaded)
