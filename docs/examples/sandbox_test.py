"""Tests an application against the sandbox, with Python's standard library only.

    watpl sandbox --port 8460 &
    GRAPH_URL=http://127.0.0.1:8460 python3 docs/examples/sandbox_test.py
"""

import hashlib
import hmac
import http.server
import json
import os
import queue
import threading
import unittest
import urllib.error
import urllib.parse
import urllib.request

GRAPH = os.environ.get("GRAPH_URL", "http://127.0.0.1:8460")
ACCOUNT, PHONE, TOKEN = "100000000000000", "300000000000000", "sandbox-token"
APP_SECRET, VERIFY_TOKEN = "sandbox-secret", "my-verify-token"


def call(method, path, body=None):
    request = urllib.request.Request(
        f"{GRAPH}{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        return json.load(error)


# The application: sends a template and handles webhooks.


def send_parcel_note(number, name, parcel):
    """Sends the template, and retries once after a temporary error."""
    for attempt in range(3):
        answer = call("POST", f"/v26.0/{PHONE}/messages", {
            "messaging_product": "whatsapp",
            "to": number,
            "type": "template",
            "template": {
                "name": "parcel_note",
                "language": {"code": "en"},
                "components": [{"type": "body", "parameters": [
                    {"type": "text", "text": name},
                    {"type": "text", "text": parcel},
                ]}],
            },
        })
        if "error" not in answer:
            return answer["messages"][0]["id"]
        if not answer["error"].get("is_transient"):
            break
    raise ValueError(answer["error"]["code"])


class Hook(http.server.BaseHTTPRequestHandler):
    """The application's webhook: verifies the signature first."""

    seen = queue.Queue()

    def do_GET(self):
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
        if query.get("hub.verify_token") == [VERIFY_TOKEN]:
            self.reply(200, query["hub.challenge"][0].encode())
        else:
            self.reply(403)

    def do_POST(self):
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        wanted = "sha256=" + hmac.new(APP_SECRET.encode(), raw, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(wanted, self.headers.get("X-Hub-Signature-256", "")):
            return self.reply(401)
        for entry in json.loads(raw)["entry"]:
            for change in entry["changes"]:
                self.seen.put((change["field"], change["value"]))
        self.reply(200)

    def reply(self, status, body=b""):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


# Its tests.


class ParcelNote(unittest.TestCase):
    def setUp(self):
        call("POST", "/_sandbox/reset", {})
        created = call("POST", f"/v26.0/{ACCOUNT}/message_templates", {
            "name": "parcel_note",
            "language": "en",
            "category": "UTILITY",
            "components": [{
                "type": "BODY",
                "text": "Hello {{1}}, your parcel {{2}} is on its way.",
                "example": {"body_text": [["Ana", "A-1024"]]},
            }],
        })
        self.template = created["id"]

    def test_a_note_is_sent(self):
        self.assertTrue(send_parcel_note("+16505551234", "Ana", "A-1024").startswith("wamid."))

    def test_a_paused_template_is_an_error_that_we_know(self):
        call("POST", "/_sandbox/review", {"id": self.template, "status": "PAUSED"})
        with self.assertRaisesRegex(ValueError, "132015"):
            send_parcel_note("+16505551234", "Ana", "A-1024")

    def test_a_blank_name_is_refused(self):
        with self.assertRaisesRegex(ValueError, "131008"):
            send_parcel_note("+16505551234", "", "A-1024")

    def test_we_survive_a_rate_limit(self):
        fault = {"method": "POST", "path": "/messages", "kind": "rate_limit", "times": 2}
        call("POST", "/_sandbox/faults", {"faults": [fault]})
        self.assertTrue(send_parcel_note("+16505551234", "Ana", "A-1024"))

    def test_we_hear_what_becomes_of_template_and_message(self):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hook)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        url = f"http://127.0.0.1:{server.server_port}/hook"
        call("POST", "/_sandbox/webhook", {"url": url, "verify_token": VERIFY_TOKEN})
        call("POST", "/_sandbox/review", {"id": self.template, "quality": "YELLOW"})
        field, value = Hook.seen.get(timeout=10)
        self.assertEqual(field, "message_template_quality_update")
        self.assertEqual(value["new_quality_score"], "YELLOW")
        message = send_parcel_note("+16505551234", "Ána", "A-1024")
        for wanted in ["sent", "delivered"]:
            field, value = Hook.seen.get(timeout=10)
            self.assertEqual((field, value["statuses"][0]["id"]), ("messages", message))
            self.assertEqual(value["statuses"][0]["status"], wanted)


if __name__ == "__main__":
    unittest.main()
