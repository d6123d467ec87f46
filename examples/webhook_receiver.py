"""A receiver of webhooks, with nothing of ours: python webhook_receiver.py PORT SECRET [SECRET…]

It takes what is genuine and new, once, and prints it; what is forged, altered or older than five minutes is answered
401 and not looked at. Several secrets are for the time in which one is replaced. Without arguments it checks a message
of its own making and ends. Source: Standard Webhooks specification, "Verifying signatures".
"""

import base64
import hashlib
import hmac
import json
import sys
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOLERANCE = 300  # seconds that the clocks of both sides may differ
LARGEST = 1_000_000  # bytes


def genuine(secrets: list[str], headers: Mapping[str, str], body: bytes, now: float) -> bool:
    """Whether a message was signed with one of the secrets, not long ago. `body` are the bytes as they arrived."""
    stamp, told = headers.get("webhook-timestamp", ""), headers.get("webhook-id", "")
    if not stamp.isdecimal() or abs(now - int(stamp)) > TOLERANCE:
        return False
    given = headers.get("webhook-signature", "").encode().split()
    wanted = [signed(secret, told, stamp, body).encode() for secret in secrets]
    return any(hmac.compare_digest(one, other) for one in wanted for other in given)


def signed(secret: str, message_id: str, stamp: str, body: bytes) -> str:
    """The signature of a message with one secret."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, b".".join([message_id.encode(), stamp.encode(), body]), hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


class Receiver(BaseHTTPRequestHandler):
    """Answers 204 to what is genuine, whether it is new or arrives once more; 401 to the rest."""

    secrets: list[str] = []
    seen: set[str] = set()  # a real receiver keeps them in its database, in the transaction that does the work

    def do_POST(self) -> None:
        """Take one message."""
        size = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(size) if 0 <= size <= LARGEST else b""
        told = {name.lower(): value for name, value in self.headers.items()}
        good = genuine(self.secrets, told, body, time.time())
        self.send_response(204 if good else 401)
        self.end_headers()
        if good and told["webhook-id"] not in self.seen:
            self.seen.add(told["webhook-id"])
            print(json.dumps({"id": told["webhook-id"], **json.loads(body)}, ensure_ascii=False), flush=True)

    def log_message(self, *_args: object) -> None:
        """Say nothing of each request."""


def own_message() -> None:
    """What is genuine is taken; altered, old, or under another secret it is not."""
    secret, now = "whsec_" + base64.b64encode(b"k" * 32).decode(), time.time()
    body, stamp = b'{"type":"certificate.issued"}', str(int(now))
    told = {
        "webhook-id": "msg_1",
        "webhook-timestamp": stamp,
        "webhook-signature": signed(secret, "msg_1", stamp, body),
    }
    other = "whsec_" + base64.b64encode(b"o" * 32).decode()
    assert genuine([other, secret], told, body, now)
    assert not genuine([secret], told, body + b" ", now)
    assert not genuine([secret], told, body, now + TOLERANCE + 2)
    assert not genuine([other], told, body, now)
    print("a genuine message is taken; altered, old and foreign ones are not")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        own_message()
        sys.exit()
    Receiver.secrets = sys.argv[2:]
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
