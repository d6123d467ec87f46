"""Programs of the cast: each with a token of its own."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from hengliang.platform.parties.models import ApiToken
from hengliang.platform.parties.services import token_make
from tests.platform.cast import Cast


class Program:
    """A client that shows a token and speaks JSON."""

    def __init__(self, token: str) -> None:
        self.client = Client(headers={"authorization": f"Bearer {token}", "accept-language": "en"})

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/api/v1{path}", query)

    def post(self, path: str, told: Any = None) -> Any:
        return self.client.post(f"/api/v1{path}", told, content_type="application/json")

    def put(self, path: str, told: Any) -> Any:
        return self.client.put(f"/api/v1{path}", told, content_type="application/json")


@pytest.fixture
def program(cast: Cast) -> Callable[..., Program]:
    """Makes the program of an account: `program("verifier")`, `program("owner", scope="read")`."""

    def make(name: str, scope: str = "write") -> Program:
        actor = cast.actor(name, timezone.now())
        return Program(token_make(actor=actor, name="test", scope=ApiToken.Scope(scope), days=1)[1])

    return make
