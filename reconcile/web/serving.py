"""Running the server: where it may listen, the link it prints, and the socket."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import UTC, datetime

import uvicorn

from reconcile.app import accounts
from reconcile.config import Settings
from reconcile.errors import ReconcileError
from reconcile.store.store import Store, open_store
from reconcile.web.security import is_local
from reconcile.web.server import create_app


def serve(settings: Settings, tell: Callable[[str], None]) -> None:
    """Serve until the process is told to stop; ``tell`` gets the lines for whoever started it.

    Raises ReconcileError where the address is taken, or open to others without accounts.
    """
    with open_store(settings.db, upgrade=True) as store:
        listener = listen(settings, store)
        with listener:
            for line in greeting(settings, store, listener.getsockname()[1]):
                tell(line)
            app = create_app(settings, store=store)
            config = uvicorn.Config(app, log_level="warning", server_header=False, timeout_graceful_shutdown=5)
            uvicorn.Server(config).run(sockets=[listener])


def listen(settings: Settings, store: Store) -> socket.socket:
    """A socket at the address of the settings; raises ReconcileError."""
    host, port = settings.serve.host, settings.serve.port
    if not is_local(host) and not accounts.may_listen_anywhere(store, single_sign_on=bool(settings.oidc.issuer)):
        raise ReconcileError(
            f"others could reach {host}, and nobody has a password yet",
            "add an account first: reconcile accounts add NAME --role admin; or listen at 127.0.0.1",
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a host name"
        raise ReconcileError(
            f"cannot listen at {host}:{port} ({reason})", "stop what listens there, or give another --port"
        ) from error


def greeting(settings: Settings, store: Store, port: int) -> list[str]:
    """Where to go: a link that signs in once where there are no passwords, else the sign-in form."""
    host = settings.serve.host
    shown = f"[{host}]" if ":" in host else host
    if is_local(host) and not accounts.may_listen_anywhere(store, single_sign_on=bool(settings.oidc.issuer)):
        secret = accounts.make_entry(store, datetime.now(UTC))
        return [
            f"Open  http://{shown}:{port}/enter/{secret}",
            "The link works once, within ten minutes. Stop with Ctrl-C.",
        ]
    lines = [f"Listening at http://{shown}:{port}/ . Stop with Ctrl-C."]
    if not is_local(host) and not settings.serve.https:
        lines.append("Passwords travel unencrypted: put a proxy with https before it and set [serve] https = true.")
    if not is_local(host) and not settings.serve.names:
        lines.append("Browsers are refused until [serve] names lists the host names they use.")
    return lines
