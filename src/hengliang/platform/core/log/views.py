"""The public files of the log: static, without a login, for any reader and any cache."""

from importlib.resources import files

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from hengliang.platform.core.log.cosignatures import accept
from hengliang.platform.core.log.keys import keys
from hengliang.platform.core.log.mirror import note
from hengliang.platform.core.log.store import PostgresStore
from hengliang.platform.core.models import LogCheckpoint
from hengliang.trust.disk import COSIGNED, OFFERED
from hengliang.trust.errors import LogFault, MalformedTile, MissingObject, SignatureRefused, TrustError

FOREVER, BRIEFLY, HOURLY = "public, max-age=31536000, immutable", "public, max-age=1", "public, max-age=3600"
TEXT, BYTES = "text/plain; charset=utf-8", "application/octet-stream"


@require_safe
def checkpoint(_: HttpRequest) -> HttpResponse:
    """The signed checkpoint."""
    newest = LogCheckpoint.objects.order_by("-size").values_list("note", flat=True).first()
    return _answer(None if newest is None else bytes(newest), TEXT, BRIEFLY)


@require_safe
def offered(_: HttpRequest) -> HttpResponse:
    """The checkpoint that witnesses are asked to cosign."""
    return _answer(note(OFFERED), TEXT, BRIEFLY)


@csrf_exempt  # whoever posts is known by the signature alone
@require_http_methods(["GET", "HEAD", "POST"])
def cosigned(request: HttpRequest) -> HttpResponse:
    """The newest checkpoint that enough witnesses have cosigned; by POST a witness hands in its own."""
    if request.method != "POST":
        return _answer(note(COSIGNED), TEXT, BRIEFLY)
    try:
        got = accept(request.body)
    except TrustError as fault:
        status = 409 if isinstance(fault, LogFault) else 403 if isinstance(fault, SignatureRefused) else 400
        return JsonResponse({"code": fault.code, "reason": str(fault)}, status=status)
    return JsonResponse({"size": got.size, "witnesses": got.witnesses, "needed": got.needed})


@require_safe
def tile(_: HttpRequest, name: str) -> HttpResponse:
    """A tile or entry bundle. Only names that the checkpoint covers are stored, so each is good for ever."""
    try:
        return _answer(PostgresStore("").read(f"tile/{name}"), BYTES, FOREVER)
    except (MissingObject, MalformedTile):
        return _answer(None, BYTES, BRIEFLY)


@require_safe
def key(_: HttpRequest) -> HttpResponse:
    """The key lines of the log. Compare them with what you were given by another way."""
    held = keys()
    return _answer(None if held is None else held.lines.encode(), TEXT, HOURLY)


@require_safe
def anchor(_: HttpRequest) -> HttpResponse:
    """The root certificate to which the signatures of documents lead."""
    held = keys()
    return _answer(None if held is None else held.anchor, "application/x-pem-file", HOURLY)


@require_safe
def checker(_: HttpRequest, form: str) -> HttpResponse:
    """The offline checker, one file, as a download."""
    name = f"check_receipt.{form}"
    answer = _answer((files("hengliang.trust.offline") / name).read_bytes(), BYTES, HOURLY)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _answer(content: bytes | None, kind: str, cache: str) -> HttpResponse:
    answer = HttpResponse(status=404) if content is None else HttpResponse(content, content_type=kind)
    answer["Cache-Control"] = cache if content is not None else "no-store"
    answer["Access-Control-Allow-Origin"] = "*"  # the offline checker and other authorities read from elsewhere
    return answer
