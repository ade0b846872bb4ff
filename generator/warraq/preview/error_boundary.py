"""What a request raises ends in one line of the log that names it, and harms no other request."""

import logging
from asyncio import AbstractEventLoop
from typing import Any

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from warraq.base.problems import exception_text, printable

log = logging.getLogger(__name__)


class _Gone(Exception):  # noqa: N818 - not a fault, and seen by nobody
    """The connection takes no answer: closed, or broken by what else was sent on it."""


class Boundary:
    """An ASGI layer: answers 500 for what `app` raises, and tells the log which request it was."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before `app`."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through."""
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
        except Exception as fault:  # noqa: BLE001 - nothing else takes it
            tell(_request(scope), fault)
            if not started:
                text = "the preview failed on this request; its terminal tells why\n"
                await PlainTextResponse(text, 500)(scope, receive, send)


def on_connection(_loop: AbstractEventLoop, context: dict[str, Any]) -> None:
    """Tell the log what was raised where there is no request yet, or none any more."""
    fault = context.get("exception")
    if fault is None or isinstance(fault, ConnectionError):
        log.info("%s", context.get("message"))
    else:
        tell("a connection", fault)


def tell(what: str, fault: BaseException) -> None:
    """Log `fault` in a line that names `what` was being worked on; with -v where it came from."""
    trace = fault if log.isEnabledFor(logging.INFO) else None
    log.warning("%s: %s", printable(what), exception_text(fault), exc_info=trace)


def _request(scope: Scope) -> str:
    return f"{scope.get('method', scope['type'])} {scope.get('path', '')}"
