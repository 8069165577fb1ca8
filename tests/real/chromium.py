"""Drives a headless Chromium through its DevTools protocol."""

import asyncio
import base64
import contextlib
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Self

import aiohttp

NAMES = ("chromium", "chromium-browser", "google-chrome")


def find_chromium() -> str | None:
    """The path of a Chromium, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Page:
    """One page: every request it made, and everything its web sockets received."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Use a connection to the page's own DevTools address."""
        self._socket = socket
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._task: asyncio.Task[None] | None = None
        self.requests: list[str] = []
        self.received = ""
        self.errors: list[str] = []

    async def __aenter__(self) -> Self:
        """Begin to listen."""
        self._task = asyncio.create_task(self._listen())
        for domain in ("Network", "Page", "Log", "Runtime"):
            await self.call(f"{domain}.enable")
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop listening."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Call a method of the protocol, and return its result."""
        number = len(self._waiting) + 1
        self._waiting[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        return await asyncio.wait_for(self._waiting[number], 30)

    async def key(self, key: str, code: int = 0) -> None:
        """Press a key as a user does."""
        text = {"text": key} if len(key) == 1 else {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            extra = text if kind == "keyDown" else {}
            await self.call("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code, **extra)

    async def click(self, x: int, y: int) -> None:
        """Click somewhere as a user does."""
        for kind in ("mousePressed", "mouseReleased"):
            await self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    async def until(self, words: str, seconds: float = 60) -> None:
        """Wait until the page has received some words."""
        for _ in range(int(seconds * 10)):
            if words in self.received:
                return
            await asyncio.sleep(0.1)
        raise AssertionError(f"{words!r} never came; errors: {self.errors}; last: {self.received[-2000:]}")

    async def picture(self, path: Path) -> None:
        """Write what the page looks like as PNG."""
        shot = await self.call("Page.captureScreenshot")
        path.write_bytes(base64.b64decode(shot["data"]))

    async def _listen(self) -> None:
        async for message in self._socket:
            told = message.json()
            if "id" in told:
                self._waiting[told["id"]].set_result(told.get("result", {"error": told.get("error")}))
            elif told["method"] == "Network.requestWillBeSent":
                self.requests.append(told["params"]["request"]["url"])
            elif told["method"] == "Network.webSocketCreated":
                self.requests.append(told["params"]["url"])
            elif told["method"] == "Network.webSocketFrameReceived":
                self._take(told["params"]["response"])
            elif told["method"] == "Log.entryAdded":
                self.errors.append(told["params"]["entry"]["text"])

    def _take(self, frame: dict[str, Any]) -> None:
        data = frame["payloadData"]
        self.received += base64.b64decode(data).decode("utf-8", "replace") if frame["opcode"] == 2 else data


@contextlib.asynccontextmanager
async def opened(chromium: str, url: str, profile: Path, size: tuple[int, int]) -> AsyncIterator[Page]:
    """Open a page in a Chromium of its own.

    Args:
        chromium: The program.
        url: What to open.
        profile: A folder for it.
        size: Of the window, in pixels.
    """
    process = await asyncio.create_subprocess_exec(
        chromium, "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0",
        f"--user-data-dir={profile}", f"--window-size={size[0]},{size[1]}", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "about:blank",
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        port = await _port(profile / "DevToolsActivePort")
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
                pages = [page for page in await answer.json() if page["type"] == "page"]
            async with (
                session.ws_connect(pages[0]["webSocketDebuggerUrl"], max_msg_size=0) as socket,
                Page(socket) as page,
            ):
                await page.call("Page.navigate", url=url)
                yield page
    finally:
        process.terminate()
        await process.wait()


async def _port(file: Path) -> str:
    for _ in range(300):
        if file.exists() and (lines := file.read_text().splitlines()):
            return lines[0]
        await asyncio.sleep(0.1)
    raise AssertionError("Chromium did not open its DevTools port")
