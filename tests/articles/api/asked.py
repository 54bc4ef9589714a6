"""Questions to the API."""

from typing import Any

from django.test import Client

LIST = "/api/v1/articles/"


def ask(path: str = "", status: int = 200, **query: Any) -> dict[str, Any]:
    """Ask below LIST; the answer is JSON whatever its status."""
    response = Client().get(f"{LIST}{path}", query)
    assert response.status_code == status, response.content
    kind = "application/json; charset=utf-8" if status == 200 else "application/problem+json"
    assert response.headers["Content-Type"] == kind
    said: dict[str, Any] = response.json()
    return said
