"""Serving a workspace until it is told to stop."""

from __future__ import annotations

import errno
import signal
import socket
import ssl
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from marsad.errors import InputError
from marsad.run.project import Project
from marsad.web.app import make_app
from marsad.web.guard import is_loopback
from marsad.web.warming import Warming
from marsad.web.workspace import open_workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """How a workspace is served.

    Attributes:
        host: What it is bound to; other machines reach it only where this is not loopback.
        port: 0 takes one that is free.
        names: Names beside loopback under which it may be addressed.
        token: What admits as ``admin`` where it is bound elsewhere; needed there.
        certificate: A PEM file with certificate and key, for https.
        opens: Whether a browser is opened.
    """

    host: str = "127.0.0.1"
    port: int = 8321
    names: tuple[str, ...] = ()
    token: str = ""
    certificate: Path | None = None
    opens: bool = False


def serve(project: Project, data: Path | None, how: Serving, say: Callable[[str], None]) -> None:
    """Serve a project's workspace until SIGTERM or Ctrl-C.

    Args:
        project: What is shown.
        data: The user's folder.
        how: How it is served.
        say: Gets the workspace's address as soon as it can be reached.

    Raises:
        InputError: the address cannot be bound, no token was given for one that others reach, or the certificate cannot be used.
        MarsadError: the project cannot be opened.
    """
    import uvicorn

    if how.certificate:
        _check(how.certificate)
    if not is_loopback(how.host) and not how.token:
        raise InputError(f"{how.host} is reached by other machines: a token is needed there")
    bound = _bound(how)
    port = bound.getsockname()[1]
    token = "" if is_loopback(how.host) else how.token
    try:
        workspace = open_workspace(project, data, token=token, port=port)
    except BaseException:
        bound.close()
        raise
    warming = Warming(workspace)
    try:
        config = uvicorn.Config(
            make_app(workspace, (*how.names, how.host)), log_level="warning", access_log=False, server_header=False, ws="none",
            timeout_graceful_shutdown=5, ssl_certfile=str(how.certificate) if how.certificate else None,
        )  # fmt: skip
        address = _address(how, port)
        bound.listen(config.backlog)  # from here on a browser that comes is heard
        _end_as_on_interrupt()
        _ready(address, how, say)
        warming.begin()
        uvicorn.Server(config).run(sockets=[bound])
    except KeyboardInterrupt:
        pass  # uvicorn raises the signal again after it has closed: this is how a workspace ends
    finally:
        warming.end()
        workspace.close()
        bound.close()


def _end_as_on_interrupt() -> None:
    """SIGTERM ends it as Ctrl-C does: uvicorn closes and then raises the signal again, at which by itself the process would be gone, and its chores would go on without it."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def _check(certificate: Path) -> None:
    """Whether a file holds a certificate and its key, which must not be locked: a server that starts by itself has nobody to ask."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, password="")
    except OSError as error:  # also what is wrong with its contents
        why = "" if isinstance(error, ssl.SSLError) else f" ({error.strerror or error})"
        raise InputError(
            f"{certificate} is no PEM file of a certificate and its key without a password{why}"
        ) from None


def _bound(how: Serving) -> socket.socket:
    if not how.host.strip("[]"):
        raise InputError("--host is empty: 127.0.0.1 is this machine, 0.0.0.0 all of its addresses")
    family = socket.AF_INET6 if ":" in how.host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((how.host.strip("[]"), how.port))
    except (OSError, UnicodeError, TypeError) as error:
        made.close()
        raise InputError(f"{how.host}:{how.port} cannot be bound: {_why(error)}") from None
    return made


def _why(error: OSError | UnicodeError | TypeError) -> str:
    """What the system says, and what can be done about it."""
    said = error.strerror or error if isinstance(error, OSError) else "it is no name of a host"
    is_port = isinstance(error, OSError) and error.errno in (errno.EADDRINUSE, errno.EACCES)
    way = (
        "--port names another, --port 0 takes one that is free"
        if is_port
        else "--host names an address of this machine"
    )
    return f"{said}; {way}"


def _address(how: Serving, port: int) -> str:
    scheme = "https" if how.certificate else "http"
    host = how.names[0] if how.names else how.host
    bare = host.strip("[]")
    shown = "127.0.0.1" if bare in ("0.0.0.0", "localhost", "::") else f"[{bare}]" if ":" in bare else bare
    return f"{scheme}://{shown}:{port}/"


def _ready(address: str, how: Serving, say: Callable[[str], None]) -> None:
    say(f"the workspace is at {address}")
    if how.opens:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
