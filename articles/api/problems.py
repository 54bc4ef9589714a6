"""What is wrong with a question, as JSON in words (RFC 9457, problem details for HTTP APIs)."""

import json
from http import HTTPStatus
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse

CONTENT_TYPE = "application/problem+json"
#: Whatever goes wrong below here is said in JSON.
PREFIX = "/api/"


class ProblemError(Exception):
    """The question cannot be answered: a status, and why in a sentence."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail


def problem(status: int, detail: str, **more: Any) -> HttpResponse:
    """Answer with a problem; `more` are members beside those of the standard."""
    said = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **more,
    }
    body = json.dumps(said, ensure_ascii=False, cls=DjangoJSONEncoder)
    return HttpResponse(body, status=status, content_type=CONTENT_TYPE)


def in_words(errors: list[dict[str, Any]]) -> str:
    """Put what a validator found into one line: "limit: Input should be less than or equal to 100"."""
    return "; ".join(f"{error['loc'][-1]}: {error['msg']}" for error in errors)
