"""The refusals of the interface, as its OpenAPI document describes them."""

from typing import Any

from ninja.openapi.schema import OpenAPISchema

from hengliang.platform.core.interface import Problem

REFUSALS = {
    400: "The request can't be read.",
    401: "No token, or none that is good.",
    403: "No role of the account allows it here.",
    404: "Nothing here, or nothing that the account may see.",
    409: "The state of things does not allow it; the detail says what to do.",
    422: "The input can't be used; the detail says which field.",
    503: "The database does not answer; nothing was done. Try again after the seconds of Retry-After.",
}


def with_problems(document: OpenAPISchema) -> OpenAPISchema:
    """The document with every refusal described at every operation."""
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schemas["Problem"] = Problem.model_json_schema()
    refusals = {status: _refusal(says) for status, says in REFUSALS.items()}
    for operations in document["paths"].values():
        for operation in operations.values():
            operation["responses"] = refusals | operation["responses"]
    return document


def _refusal(says: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": says, "content": {"application/problem+json": {"schema": schema}}}
