"""A small HTTP server on 127.0.0.1 for the tests: each path has a function that answers."""

import ssl
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CERTIFICATE = Path(__file__).parent / "feeds_example.pem"


class Loopback:
    """The running server: its port, what was asked of it, and where to put answers.

    `answers` maps a path to (status, headers, body) or to a function that is given the handler and writes itself.
    """

    def __init__(self, port, scheme):
        self.port, self.scheme = port, scheme
        self.answers = {}
        self.asked = []

    def at(self, path, host="127.0.0.1"):
        return f"{self.scheme}://{host}:{self.port}{path}"

    @property
    def allow(self):
        return (f"127.0.0.1:{self.port}",)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 10
    loopback = None

    def do_GET(self):
        self.loopback.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        answer = self.loopback.answers.get(self.path, (404, {}, b"nothing here"))
        self.close_connection = True
        try:
            if callable(answer):
                answer(self)
            else:
                self.give(*answer)
        except OSError:
            pass  # the other side has heard enough

    def give(self, status, headers, body):
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status not in (204, 304) and "Transfer-Encoding" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass  # a client that hangs up in the handshake is what some tests are about


@contextmanager
def loopback(*, tls=False):
    handler = type("Handler", (_Handler,), {})
    server = _Server(("127.0.0.1", 0), handler)
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    handler.loopback = Loopback(server.server_address[1], "https" if tls else "http")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield handler.loopback
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
