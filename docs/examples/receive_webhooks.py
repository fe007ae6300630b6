"""Receive Gongdao's webhooks: python receive_webhooks.py whsec_… 8001."""

import base64, hashlib, hmac, json, sys, time
from http.server import BaseHTTPRequestHandler, HTTPServer

KEY, SEEN = base64.b64decode(sys.argv[1].removeprefix("whsec_")), set[str]()


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        name, stamp = self.headers["webhook-id"], self.headers["webhook-timestamp"]
        signed = hmac.new(KEY, f"{name}.{stamp}.".encode() + body, hashlib.sha256).digest()
        right = f"v1,{base64.b64encode(signed).decode()}".encode()
        given = self.headers["webhook-signature"].encode().split()
        genuine = abs(time.time() - int(stamp)) < 300 and any(
            hmac.compare_digest(right, g) for g in given
        )
        if genuine and name not in SEEN:  # the same id may come twice; act on it once
            print(json.loads(body)["type"], json.loads(body)["data"]["subject"]["ref"], flush=True)
            SEEN.add(name)
        self.send_response(204 if genuine else 401)
        self.end_headers()


HTTPServer(("127.0.0.1", int(sys.argv[2])), Receiver).serve_forever()
