"""What somebody at the desk sent while the database was away, to be sent again from the page that says so.

The page repeats what the browser sent and adds nothing, not even a token: a form that somebody else forged is refused
as before. Forms with passwords are not at the desk.
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.http.request import RawPostDataException, UnreadablePostError

STAFF = "/admin/"


@dataclass(frozen=True)
class KeptForm:
    address: str
    fields: list[tuple[str, str]]
    has_files: bool


def kept_form(request: HttpRequest) -> KeptForm | None:
    """None for all that was no form of the desk's, or could not be read to its end."""
    if request.method != "POST" or not request.path.startswith(STAFF):
        return None
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
    except (UnreadablePostError, RawPostDataException):
        return None
    return KeptForm(request.get_full_path(), fields, bool(request.FILES)) if fields else None
