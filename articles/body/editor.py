"""The writing field's set-up for django-prose-editor, derived from `articles.body.schema`.

Imports no model and reads no setting, so that settings can take `MODULES` from here.
"""

from collections.abc import Callable
from typing import Any

from js_asset import static_lazy

from articles.body.schema import FEATURES, Feature

EXTENSIONS: dict[str, Any] = {feature.extension: feature.config for feature in FEATURES}

CONFIG: dict[str, Any] = {"extensions": EXTENSIONS}
"""For ProseEditorFormField(config=…), with `articles.body.clean.clean` as its `sanitize`."""


def _allowing(feature: Feature) -> Callable[[Any, dict[str, Any]], None]:
    def allow(_config: Any, allowed: dict[str, Any]) -> None:
        allowed["tags"].update(feature.elements)

    return allow


MODULES: list[dict[str, Any]] = [
    {
        "js": [static_lazy("desk/editor/paste.js"), static_lazy("desk/editor/table.js")],
        "extensions": {feature.extension: _allowing(feature) for feature in FEATURES if feature.ours},
    }
]
"""For the setting DJANGO_PROSE_EDITOR_EXTENSIONS."""
