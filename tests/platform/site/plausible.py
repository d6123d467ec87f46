"""Bodies of requests that have the form which the interface describes, so that a walk gets past the reading of them."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from hengliang.platform.site.api.interface import api

JSON = "application/json"
_TEXTS = {"date": "2026-03-02", "date-time": "2026-03-02T02:00:00Z", "uri": "https://8.8.8.8/"}


def bodies() -> dict[tuple[str, str], tuple[str, Any]]:
    """By path and method: the kind of the body and a value for it."""
    document, found = api.get_openapi_schema(), {}
    named = document["components"]["schemas"]
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if content := operation.get("requestBody", {}).get("content"):
                kind, described = next(iter(content.items()))
                found[path, method] = (kind, plausible(described["schema"], named))
    return found


def plausible(schema: Mapping[str, Any], named: Mapping[str, Any]) -> Any:
    """A value of a described form: its example where there is one, and only the fields that are required."""
    if "$ref" in schema:
        return plausible(named[schema["$ref"].rsplit("/", 1)[1]], named)
    if schema.get("examples"):
        return schema["examples"][0]
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return plausible(schema[choice][0], named)
    if "const" in schema or "enum" in schema:
        return schema["const"] if "const" in schema else schema["enum"][0]
    if schema.get("type") == "object":
        fields = schema.get("properties", {})
        return {name: plausible(fields[name], named) for name in schema.get("required", ())}
    if schema.get("type") == "array":
        return [plausible(schema["items"], named)] * max(1, schema.get("minItems", 1))
    return _plain(schema)


def _plain(schema: Mapping[str, Any]) -> Any:
    if schema.get("format") == "binary":
        return SimpleUploadedFile("a.csv", b"a,b\n1,2\n")
    if schema.get("type") in ("integer", "number"):
        return schema.get("minimum", 1)
    if schema.get("type") == "boolean":
        return True
    return _TEXTS.get(schema.get("format", ""), "x" * max(1, schema.get("minLength", 1)))
