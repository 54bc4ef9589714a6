"""The page that explains the API to people, made of the same schema that programs read."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.api.app import api
from articles.public_pages import public_page
from articles.views.pages import page

#: The objects explained, in the order in which one meets them.
OBJECTS = (
    "Articles",
    "Article",
    "WholeArticle",
    "Byline",
    "Picture",
    "Correction",
    "Notice",
    "Problem",
    "Gone",
)


@public_page()
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    return page("articles/api.html", {"operations": _operations(), "objects": _objects()})


@cache
def _operations() -> list[dict[str, Any]]:
    return [
        {
            "path": path,
            **{name: said[name] for name in ("summary", "description")},
            "parameters": _asked(said),
        }
        for path, methods in _schema()["paths"].items()
        for said in methods.values()
    ]


def _asked(operation: dict[str, Any]) -> list[dict[str, str]]:
    return [
        {"name": one["name"], "words": one["schema"].get("description", ""), "limits": _limits(one["schema"])}
        for one in operation["parameters"]
        if one["in"] == "query"
    ]


def _limits(schema: dict[str, Any]) -> str:
    if "maximum" in schema:
        return f"{schema['minimum']} to {schema['maximum']}; {schema['default']} where it is left out."
    is_day = any(kind.get("format") == "date" for kind in schema.get("anyOf", []))
    return "A day, such as 2026-11-25." if is_day else ""


@cache
def _objects() -> list[dict[str, Any]]:
    schemas = _schema()["components"]["schemas"]
    return [{"name": name, **_explained(schemas[name])} for name in OBJECTS]


def _explained(schema: dict[str, Any]) -> dict[str, Any]:
    fields = [
        {"name": name, "type": _type(field), "words": field.get("description", "")}
        for name, field in schema["properties"].items()
    ]
    return {"words": schema.get("description", ""), "fields": fields}


def _type(field: dict[str, Any]) -> str:
    """Name a field's type as a person would: "text", "list of Named", "date and time or null"."""
    if "anyOf" in field:
        return " or ".join(_type(one) for one in field["anyOf"])
    if "$ref" in field:
        return str(field["$ref"]).rpartition("/")[2]
    if field.get("type") == "array":
        return f"list of {_type(field['items'])}"
    if field.get("format") == "date-time":
        return "date and time"
    return {"string": "text", "integer": "number", "boolean": "true or false"}.get(
        field["type"], field["type"]
    )


@cache
def _schema() -> dict[str, Any]:
    return dict(api.get_openapi_schema())
