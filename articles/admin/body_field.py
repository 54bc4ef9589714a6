"""The text of a story as a form field: the editor, and the cleaner that has the last word."""

from typing import Any

from django_prose_editor.fields import ProseEditorFormField
from django_prose_editor.widgets import AdminProseEditorWidget

from articles.admin.body_pictures import with_addresses
from articles.body.clean import clean
from articles.body.editor import CONFIG


class BodyField(ProseEditorFormField):
    """Shows pictures at the desk's addresses; compares texts by what would be stored of them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(config=CONFIG, sanitize=clean, widget=AdminProseEditorWidget, strip=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Cleaned on the way out too: the editor reads it as HTML of the page, and a link can bring one along."""
        return with_addresses(clean(value)) if isinstance(value, str) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """The editor writes the same text in other ways than the cleaner does."""
        return clean(initial or "") != clean(data or "")
