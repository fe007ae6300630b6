"""Django's ASGI application: everything but the intake's own route.

Django's own handler gives each request a thread of its own, and with it a new connection to
PostgreSQL, and goes through every middleware in two threads by turns. Here a page is answered from
its first middleware to its last in one of a few threads that stay, each with its open connection.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django
from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.db import close_old_connections
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

THREADS = 8
"""Pages that are made at the same time, and connections to PostgreSQL for them."""


class PagesHandler(ASGIHandler):
    """Answers each request in one of a few threads that stay."""

    def __init__(self) -> None:
        super(ASGIHandler, self).__init__()
        self.load_middleware(is_async=False)
        self._threads = ThreadPoolExecutor(THREADS, "pages")

    async def __call__(
        self,
        scope: dict[str, Any],
        receive: Callable[[], Awaitable[Mapping[str, Any]]],
        send: Callable[[Mapping[str, Any]], Awaitable[None]],
    ) -> None:
        """Answer a request over HTTP; there are no others."""
        if scope["type"] != "http":
            raise ValueError(f"Pages come over HTTP, and not over {scope['type']}.")
        await self.handle(scope, receive, send)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """The whole way through the middleware and back."""
        ask = sync_to_async(self._answer, thread_sensitive=False, executor=self._threads)
        answer = await ask(request)
        if isinstance(answer, StreamingHttpResponse) and not answer.is_async:
            # Django would read all of it first: a file is sent as it is read.
            answer.streaming_content = self._pieces(iter(answer))
        return answer

    async def _pieces(self, content: Iterator[bytes]) -> AsyncIterator[bytes]:
        loop = asyncio.get_running_loop()
        while (piece := await loop.run_in_executor(self._threads, next, content, None)) is not None:
            yield piece

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        """The signals that close connections come in another thread, so it is done here, too."""
        close_old_connections()
        try:
            return self.get_response(request)
        finally:
            close_old_connections()


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongdao.site.settings")
django.setup(set_prefix=False)
application = PagesHandler()
