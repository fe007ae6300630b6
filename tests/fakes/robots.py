"""Protocol fakes of the custom robots of WeCom and DingTalk, on this machine.

They hold what we send against the formats that their makers describe, strictly. They are not the
services: nothing here was compared with those.
"""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY = "693a91f6-7000-4bc4-97a0-0ec2500f5aaa"
SECRET = "SEC0123456789abcdef"
_HOUR = 3_600_000


@dataclass
class RobotService:
    """Takes messages as both services do, and says why it refuses one."""

    now_ms: int
    texts: list[str] = field(default_factory=list)
    broken: int = 0
    """So many calls are answered with 500 first."""
    port: int = 0

    def url(self, kind: str) -> str:
        """The address of a robot of ours."""
        if kind == "wecom":
            return f"http://127.0.0.1:{self.port}/cgi-bin/webhook/send?key={KEY}"
        return f"http://127.0.0.1:{self.port}/robot/send?access_token={KEY}"

    def answer(self, target: str, kind: str, body: bytes) -> tuple[int, dict[str, Any]]:
        """Judge one call."""
        if self.broken:
            self.broken -= 1
            return 500, {}
        parts = urlsplit(target)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if not kind.startswith("application/json"):
            return 200, {"errcode": 43004, "errmsg": "content type"}
        message = json.loads(body)
        if set(message) != {"msgtype", "markdown"} or message["msgtype"] != "markdown":
            return 200, {"errcode": 40008, "errmsg": "invalid message type"}
        if parts.path == "/cgi-bin/webhook/send":
            return self._wecom(query, message["markdown"])
        if parts.path == "/robot/send":
            return self._dingtalk(query, message["markdown"])
        return 404, {}

    def _wecom(self, query: dict[str, str], said: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if query != {"key": KEY}:
            return 200, {"errcode": 93000, "errmsg": "invalid webhook url"}
        if set(said) != {"content"} or not 0 < len(said["content"].encode()) <= 4096:
            return 200, {"errcode": 40058, "errmsg": "content exceeds the limit"}
        self.texts.append(said["content"])
        return 200, {"errcode": 0, "errmsg": "ok"}

    def _dingtalk(self, query: dict[str, str], said: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if query.get("access_token") != KEY:
            return 200, {"errcode": 300001, "errmsg": "token is not exist"}
        stamp = query.get("timestamp", "0")
        signed = hmac.new(SECRET.encode(), f"{stamp}\n{SECRET}".encode(), hashlib.sha256).digest()
        if abs(int(stamp) - self.now_ms) > _HOUR:
            return 200, {"errcode": 310000, "errmsg": "invalid timestamp"}
        if query.get("sign") != base64.b64encode(signed).decode():
            return 200, {"errcode": 310000, "errmsg": "sign not match"}
        if set(said) != {"title", "text"} or not said["title"] or len(said["text"]) > 20_000:
            return 200, {"errcode": 400105, "errmsg": "bad message"}
        self.texts.append(said["text"])
        return 200, {"errcode": 0, "errmsg": "ok"}


@contextmanager
def robot_service(now_ms: int) -> Iterator[RobotService]:
    """One that listens on this machine while it is needed."""
    service = RobotService(now_ms)

    class Takes(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            status, said = service.answer(self.path, self.headers["content-type"], body)
            text = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Takes)
    service.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
