"""Log an exception raised by a request in one line, and keep it from other requests."""

import logging
from asyncio import AbstractEventLoop
from typing import Any

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from warraq.base.problems import exception_text, printable

log = logging.getLogger(__name__)


class _Gone(Exception):  # noqa: N818 - not an error, and never leaves this module
    """The response cannot be sent: the connection is closed or broken."""


class Boundary:
    """ASGI middleware: answers 500 for an exception of `app` and logs the request."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Forward a request."""
        started = False

        async def sent(message: Message) -> None:
            nonlocal started
            started = True
            try:
                await send(message)
            except Exception as fault:
                raise _Gone from fault

        try:
            await self._app(scope, receive, sent)
        except _Gone:
            log.info("%s broke off", _request(scope), exc_info=True)
        except Exception as fault:  # noqa: BLE001 - the last handler
            log_fault(_request(scope), fault)
            if not started:
                text = "the preview failed on this request; its terminal tells why\n"
                await PlainTextResponse(text, 500)(scope, receive, send)


def on_connection(_loop: AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log an exception raised on a connection outside of any request."""
    fault = context.get("exception")
    if fault is None or isinstance(fault, ConnectionError):
        log.info("%s", context.get("message"))
    else:
        log_fault("a connection", fault)


def log_fault(what: str, fault: BaseException) -> None:
    """Log `fault` in one line that names `what` raised it; with -v also the traceback."""
    trace = fault if log.isEnabledFor(logging.INFO) else None
    log.warning("%s: %s", printable(what), exception_text(fault), exc_info=trace)


def _request(scope: Scope) -> str:
    return f"{scope.get('method', scope['type'])} {scope.get('path', '')}"
