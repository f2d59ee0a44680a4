"""A TCP proxy that goes wrong on order: cut, swallow, delay, split, hold. TLS passes through it untouched."""

import asyncio
import threading
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Self

_CHUNK = 65536


@dataclass(slots=True)
class Orders:
    """What goes wrong, changeable while it runs; byte counts are per connection, None switches a fault off.

    ``cut_after`` bytes from the client both sides are cut, the last chunk not forwarded. Once ``mute_after`` bytes have
    come from the client, the server's next answer is swallowed and the connection cut. ``cut_answers_after`` bytes from
    the server both sides are cut. ``split`` sends the server's answers byte by byte. ``hold`` accepts and never
    forwards.
    """

    cut_after: int | None = None
    mute_after: int | None = None
    cut_answers_after: int | None = None
    split: bool = False
    hold: bool = False


class FaultProxy:
    """Listens on a random loopback port in its own thread; ``orders`` tell what goes wrong."""

    def __init__(self, host: str, port: int, orders: Orders | None = None) -> None:
        self.host, self.port = "localhost", 0
        self.orders = orders or Orders()
        self.connections = 0
        self._upstream = (host, port)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="fault proxy", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _start(self) -> None:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _stop(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        if others:
            await asyncio.wait(others, timeout=5)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        # Cancelled at the end: asyncio would complain of a handler that lets that out.
        with suppress(OSError, asyncio.CancelledError):
            if self.orders.hold:
                await asyncio.sleep(3600)
            up_reader, up_writer = await asyncio.open_connection(*self._upstream)
            one = _Connection(self.orders, writer, up_writer)
            await asyncio.gather(one.up(reader), one.down(up_reader))


class _Connection:
    """One proxied connection and how much its client has sent."""

    def __init__(self, orders: Orders, client: asyncio.StreamWriter, server: asyncio.StreamWriter) -> None:
        self._orders, self._client, self._server = orders, client, server
        self._from_client = self._from_server = 0

    async def up(self, reader: asyncio.StreamReader) -> None:
        """Client → server."""
        while chunk := await reader.read(_CHUNK):
            self._from_client += len(chunk)
            limit = self._orders.cut_after
            if limit is not None and self._from_client >= limit:
                self._cut()
                return
            self._server.write(chunk)
            await self._server.drain()
        self._server.close()

    async def down(self, reader: asyncio.StreamReader) -> None:
        """Server → client."""
        while chunk := await reader.read(_CHUNK):
            self._from_server += len(chunk)
            muted, limit = self._orders.mute_after, self._orders.cut_answers_after
            if (muted is not None and self._from_client >= muted) or (limit is not None and self._from_server >= limit):
                self._cut()
                return
            for piece in _pieces(chunk) if self._orders.split else [chunk]:
                self._client.write(piece)
                await self._client.drain()
                await asyncio.sleep(0)
        self._client.close()

    def _cut(self) -> None:
        self._client.transport.abort()
        self._server.transport.abort()


def _pieces(chunk: bytes) -> list[bytes]:
    return [chunk[index : index + 1] for index in range(len(chunk))]
