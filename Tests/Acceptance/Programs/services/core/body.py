"""The body of a request, read in pieces: it may be larger than the memory that the stand-ins may take."""
import hashlib
import re

PIECE = 1 << 16
# What is kept of the beginning of every body, to look for keys in it.
PREFIX = 1 << 16
TEXT_LIMIT = 1 << 18


class Truncated(Exception):
    """The connection ended before the body did."""


class Malformed(Exception):
    """The body is not what its headers say."""


class Body:
    """Reads a body of a known length or one in chunks, and counts and hashes what it reads."""

    def __init__(self, stream, length: int | None, chunked: bool, before_first_read):
        self.stream, self.left, self.chunked = stream, length or 0, chunked
        self.before_first_read = before_first_read
        self.ended = not chunked and self.left == 0
        self.begun = False
        self.prefix = bytearray()
        self.count, self.sha256, self.md5 = 0, hashlib.sha256(), hashlib.md5()

    def read(self) -> bytes:
        """The next piece; empty at the end."""
        if self.ended:
            return b""
        if not self.begun:
            self.begun = True
            self.before_first_read()
        if self.chunked and self.left == 0 and not self._next_chunk():
            self.ended = True
            return b""
        piece = self.stream.read(min(PIECE, self.left))
        if not piece:
            raise Truncated
        self.left -= len(piece)
        if self.left == 0:
            if self.chunked:
                self._line()
            else:
                self.ended = True
        self._note(piece)
        return piece

    def rest(self) -> None:
        while self.read():
            pass

    def whole(self, limit: int) -> bytes:
        content = bytearray()
        while piece := self.read():
            content += piece
            if len(content) > limit:
                raise Malformed(f"the body is larger than {limit} bytes")
        return bytes(content)

    def _note(self, piece: bytes) -> None:
        self.count += len(piece)
        self.sha256.update(piece)
        self.md5.update(piece)
        if len(self.prefix) < PREFIX:
            self.prefix += piece[: PREFIX - len(self.prefix)]

    def _line(self) -> bytes:
        line = self.stream.readline(4096)
        if not line.endswith(b"\n"):
            raise Truncated
        return line.strip()

    def _next_chunk(self) -> bool:
        size = self._line().split(b";")[0]
        if not re.fullmatch(rb"[0-9A-Fa-f]{1,12}", size):
            raise Truncated
        self.left = int(size, 16)
        if self.left == 0:
            while self._line():
                pass
        return self.left > 0


class Part:
    """One part of a form. The bytes of a file are hashed and not kept."""

    def __init__(self, headers: dict[str, str], name: str, filename: str | None):
        self.headers, self.name, self.filename = headers, name, filename
        self.type = headers.get("content-type")
        self.text = b""
        self.head = b""
        self.count, self.sha256, self.md5 = 0, hashlib.sha256(), hashlib.md5()
        self.is_file = False

    def add(self, piece: bytes) -> None:
        self.count += len(piece)
        self.sha256.update(piece)
        self.md5.update(piece)
        if len(self.head) < 64:
            self.head += piece[: 64 - len(self.head)]
        if not self.is_file:
            self.text += piece
            if len(self.text) > TEXT_LIMIT:
                raise Malformed(f"the text field {self.name!r} is larger than {TEXT_LIMIT} bytes")


def boundary_of(content_type: str) -> bytes:
    found = re.fullmatch(r'multipart/form-data\s*;\s*boundary=(?:"([^"]{1,70})"|([^\s;,"]{1,70}))', content_type, re.I)
    if not found:
        raise Malformed(f"Content-Type is {content_type!r}, not multipart/form-data with a boundary")
    return (found[1] or found[2]).encode("latin-1")


class Parts:
    """Takes multipart/form-data apart while it arrives; `begin` is called with each part before its content."""

    def __init__(self, body: Body, boundary: bytes, begin):
        self.body, self.begin = body, begin
        self.delimiter = b"\r\n--" + boundary
        # The first delimiter has no line before it.
        self.buffer = bytearray(b"\r\n")

    def read(self) -> list[Part]:
        if self._until(self.delimiter, lambda piece: None) != 0:
            raise Malformed("there is something before the first boundary of the form")
        parts = []
        while True:
            mark = self._take(2)
            if mark == b"--":
                break
            if mark != b"\r\n":
                raise Malformed("a boundary of the form does not end its line")
            part = self._part()
            parts.append(part)
            self._until(self.delimiter, part.add)
        epilogue = bytes(self.buffer)
        while piece := self.body.read():
            epilogue = (epilogue + piece)[:64]
        if epilogue.strip(b"\r\n"):
            raise Malformed("there is something after the last boundary of the form")
        return parts

    def _part(self) -> Part:
        lines = bytearray()
        # The headers may be empty: their end is then the line itself.
        self.buffer[0:0] = b"\r\n"
        self._until(b"\r\n\r\n", lines.extend, limit=1 << 14)
        headers: dict[str, str] = {}
        for line in bytes(lines).decode("utf-8", "surrogateescape").split("\r\n"):
            name, colon, value = line.partition(":")
            if line and (not colon or name.lower() in headers):
                raise Malformed(f"a part of the form has the header line {line!r}")
            if line:
                headers[name.lower()] = value.strip()
        part = Part(headers, *names_of(headers.get("content-disposition", "")))
        self.begin(part)
        return part

    def _take(self, count: int) -> bytes:
        while len(self.buffer) < count:
            self._more()
        taken = bytes(self.buffer[:count])
        del self.buffer[:count]
        return taken

    def _more(self) -> None:
        piece = self.body.read()
        if not piece:
            raise Malformed("the form ends before its last boundary")
        self.buffer += piece

    def _until(self, mark: bytes, take, limit: int | None = None) -> int:
        """Hands on what comes before `mark`, drops the mark, and tells how much it was."""
        count = 0
        while (found := self.buffer.find(mark)) < 0:
            sure = max(0, len(self.buffer) - len(mark) + 1)
            if sure:
                take(bytes(self.buffer[:sure]))
                del self.buffer[:sure]
                count += sure
            if limit is not None and count > limit:
                raise Malformed("the headers of a part of the form have no end")
            self._more()
        if found:
            take(bytes(self.buffer[:found]))
        del self.buffer[: found + len(mark)]
        return count + found


def names_of(disposition: str) -> tuple[str, str | None]:
    """The name and the file name that a part's Content-Disposition has."""
    quoted = r'"((?:[^"\\]|\\.)*)"'
    found = re.fullmatch(rf"form-data;\s*name={quoted}(?:;\s*filename={quoted})?", disposition, re.I)
    if not found:
        raise Malformed(f"a part of the form has the Content-Disposition {disposition!r}")
    return unescape(found[1]), None if found[2] is None else unescape(found[2])


def unescape(text: str) -> str:
    """Names come escaped as browsers do it (%22) or with a backslash, as curl did it."""
    for escape, plain in (("%22", '"'), ("%0D", "\r"), ("%0A", "\n"), ('\\"', '"'), ("\\\\", "\\")):
        text = text.replace(escape, plain)
    return text
