"""The API's description: what the framework knows of it, and what every route has in common."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI, Schema
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import BaseRenderer
from pydantic import AwareDatetime
from pydantic_core import to_json

from gongdao.api import batch
from gongdao.api.door import ANYBODY, Door
from gongdao.api.problems import HOW_TO_PROVE, MEDIA_TYPE
from gongdao.domain.intake.proof import LONGEST

_REF = "#/components/schemas/"
_PROBLEMS = {
    "400": "It cannot be read.",
    "401": "The key that was given is not valid.",
    "403": "A signed-in browser sent no token against forgery.",
    "404": "There is no such thing, or none for you: the two look alike.",
    "409": "A rule forbids it, or somebody else was faster.",
    "413": "It is too large.",
    "422": "A field says what cannot be, or the key was used for another request.",
    "429": "Too many at once; `Retry-After` says how many seconds to wait.",
}
_ONLY_FOR_BODIES = {"403", "409", "413"}
_WAYS_IN = {
    "key": {
        "type": "http",
        "scheme": "bearer",
        "description": "A key of a person, or of the operator's app server.",
    },
    "code": {
        "type": "apiKey",
        "in": "header",
        "name": "X-Case-Code",
        "description": "A receipt's code, or that of a notice: it opens one case to one party.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "sessionid",
        "description": "A signed-in browser; what changes something also needs X-CSRFToken.",
    },
}
_ONCE = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "A random name, such as a UUID. Sent again with the same body, the request is "
    "answered as it was the first time, and nothing is done twice.",
    "schema": {"type": "string", "minLength": 16, "maxLength": 200},
}
_PROOF = {
    "name": "Gongdao-Proof",
    "in": "header",
    "required": False,
    "description": f"A proof of work, `<challenge>.<nonce>`, for a challenge that an answer 429 "
    f"`proof.required` handed out. {HOW_TO_PROVE}",
    "schema": {"type": "string", "maxLength": LONGEST},
}
_PROVEN = {"file_report", "give_rights_notice"}
"""Operations that take a proof of work."""


class ProblemOut(Schema):
    """An error (RFC 9457). The code is stable; the hint says what to do next."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    hint: str


class ProofProblemOut(ProblemOut):
    """Too many at once: `proof.required` comes with a challenge, any other code without."""

    challenge: str | None = None
    difficulty: int | None = None
    """Zero bits."""
    expires: AwareDatetime | None = None
    how: str | None = None


class Renderer(BaseRenderer):
    """JSON as pydantic writes it, in UTF-8."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """The bytes of an answer."""
        del request, response_status
        return to_json(data)


class Api(NinjaAPI):
    """An API that describes its doors, its problems and its keys too."""

    def get_openapi_schema(self, **where: Any) -> OpenAPISchema:
        """The whole description."""
        schema = super().get_openapi_schema(**where)
        parts = schema["components"]
        parts["schemas"]["ProblemOut"] = ProblemOut.model_json_schema()
        parts["schemas"]["ProofProblemOut"] = ProofProblemOut.model_json_schema()
        parts["securitySchemes"] = _WAYS_IN
        doors = dict(self.doors())
        for verbs in schema["paths"].values():
            for verb, operation in verbs.items():
                _describe(operation, verb, doors[operation["operationId"]])
                if operation["operationId"] == batch.OPERATION:
                    batch.describe(operation, parts["schemas"])
        return schema

    def doors(self) -> Iterator[tuple[str, Door]]:
        """Each operation's id and its door."""
        for _, router in self._routers:
            for view in router.path_operations.values():
                for operation in view.operations:
                    (door,) = operation.auth_callbacks
                    assert isinstance(door, Door)  # noqa: S101 – a route without one must not start
                    yield str(operation.operation_id), door


def _describe(operation: dict[str, Any], verb: str, door: Door) -> None:
    writes = verb != "get"
    operation["description"] += f"\n\nFor: {door.who}"
    ways: list[dict[str, list[str]]] = [{name: []} for name in _WAYS_IN]
    operation["security"] = [{}, *ways] if door is ANYBODY else ways
    if writes and operation["operationId"] != batch.OPERATION:
        operation["parameters"].append(_ONCE)
    operation["parameters"] += [
        {"name": name, "in": "header", "required": False, "description": holds,
         "schema": {"type": "string", "maxLength": 200}}
        for name, holds in door.headers
    ]  # fmt: skip
    for status, meaning in _PROBLEMS.items():
        if writes or status not in _ONLY_FOR_BODIES:
            content = {MEDIA_TYPE: {"schema": {"$ref": f"{_REF}ProblemOut"}}}
            operation["responses"][status] = {"description": meaning, "content": content}
    if operation["operationId"] in _PROVEN:
        operation["parameters"].append(_PROOF)
        content = {MEDIA_TYPE: {"schema": {"$ref": f"{_REF}ProofProblemOut"}}}
        operation["responses"]["429"] = {"description": _PROBLEMS["429"], "content": content}
