"""The public page behind a code, beside a plain Django view: one query by an index, one template of the same bytes.

The peer's template is our own page as it was answered, with its values put back as variables: no inheritance, no
translation, no navigation. Both go through the same middleware. Target: at least 0.8 of the peer's requests a second.
"""

import argparse
import random
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from benchmarks.registry import own_database

TARGET = 0.8


def main() -> None:
    """Print requests a second of both, in turns, and the ratio."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="5 rounds instead of 20")
    rounds = 5 if parser.parse_args().quick else 20
    with own_database("hengliang_bench_public"):
        ours, plain = _addresses()
        ratios = _measure(ours, plain, rounds)
    middle = sorted(ratios)[len(ratios) // 2]
    print(f"target: at least {TARGET:g} of the plain view: {'met' if middle >= TARGET else 'MISSED'} ({middle:.2f})")


def _addresses() -> tuple[str, str]:
    """A proof in force, and the addresses of our page and of the plain one."""
    from django.conf import settings
    from django.http import HttpRequest, HttpResponse
    from django.template import engines
    from django.test import Client
    from django.urls import path
    from tests.platform import slice as walk
    from tests.platform.cast import make_cast

    from hengliang.platform.certificates.models import Certificate
    from hengliang.platform.site import urls

    settings.TRAINING, settings.ALLOWED_HOSTS = True, ["*"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    cast = make_cast()
    scale = walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")
    standard = walk.equip(cast, cast.scale)
    data = walk.example("procedure/price-scale", "pass", "2017-05-30")
    proof = walk.certify(cast, walk.apply_for(cast, scale)[0], standard, data)
    page = Client().get(f"/c/{proof.code}").content.decode()
    page = page.replace(proof.number, "{{ row.number }}").replace(proof.code, "{{ row.code }}")
    page = page.replace("电子计价秤", "{{ row.content.instrument.name }}")
    template = engines["django"].from_string(page)

    def plain(request: HttpRequest, code: str) -> HttpResponse:
        return HttpResponse(template.render({"row": Certificate.objects.get(code=code)}, request))

    urls.urlpatterns.append(path("plain/<str:code>", plain))
    return f"/c/{proof.code}", f"/plain/{proof.code}"


def _measure(ours: str, plain: str, rounds: int) -> list[float]:
    from django.test import Client

    client, ratios = Client(), []

    def rate(address: str, count: int = 60) -> float:
        began = time.perf_counter()
        for _ in range(count):
            answer: Any = client.get(address)
            assert answer.status_code == 200, answer.status_code
        return count / (time.perf_counter() - began)

    rate(ours), rate(plain)
    for n in range(rounds):
        turns = [ours, plain]
        random.Random(n).shuffle(turns)
        found = {address: rate(address) for address in turns}
        ratios.append(found[ours] / found[plain])
        print(f"ours {found[ours]:7.0f}/s   plain {found[plain]:7.0f}/s   {ratios[-1]:5.2f}", flush=True)
    return ratios


if __name__ == "__main__":
    main()
