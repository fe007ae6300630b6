"""Clients who are slow on purpose: how long a request may take to arrive, and how many such wait.

The server waits for ever for the rest of a request. A few thousand clients who send a byte now and
then would take every connection that there is; so each has its time, and of very many slow ones
whoever has been slow for longest makes room.
"""

import asyncio
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_SECONDS = 10.0
"""So long the first line and the headers may take."""
WHOLE_SECONDS = 40.0
"""So long the body may take after them. The routes answer earlier, with a reason."""
MOST_SLOW = 1000
"""So many of a process's connections may wait for the rest of a request."""


class Connection(HttpToolsProtocol):
    """One connection. A request that arrives in one piece costs nothing more than before."""

    slow: ClassVar[dict["Connection", None]] = {}
    """Those that wait for the rest of a request, the one that waits longest first."""

    _under_way = False
    _head_is_whole = False
    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody came and has not said anything yet."""
        super().connection_made(transport)  # type: ignore[arg-type]
        self._wait(HEAD_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        """They are gone."""
        self._wait_no_more()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read what came; if that is not the whole of a request, the rest has its time."""
        super().data_received(data)
        if self._under_way and self._patience is None and not self.transport.is_closing():
            self._wait(WHOLE_SECONDS if self._head_is_whole else HEAD_SECONDS)

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._under_way, self._head_is_whole = True, False

    def on_headers_complete(self) -> None:
        """Its headers are whole."""
        self._wait_no_more()
        self._head_is_whole = True
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """It is whole."""
        self._wait_no_more()
        self._under_way = False
        super().on_message_complete()

    def _wait(self, seconds: float) -> None:
        self._patience = self.loop.call_later(seconds, self.let_go)
        self.slow[self] = None
        if len(self.slow) > MOST_SLOW:
            next(iter(self.slow)).let_go()

    def _wait_no_more(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None
            self.slow.pop(self, None)

    def let_go(self) -> None:
        """End it. Whoever gets no answer to headers that never end cannot complain."""
        self._wait_no_more()
        transport: Any = self.transport
        transport.abort()
