"""What may be fetched from the web, and the file that it becomes."""

import codecs
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from pathlib import PurePosixPath
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from askpcc.errors import FetchError
from askpcc.readers import FORMATS

IPAddress = IPv4Address | IPv6Address

_DEFAULT_PORTS = {"http": 80, "https": 443}
_MAX_LENGTH = 2_000
_MAX_HOST_LENGTH = 253
_HOST = re.compile(r"[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*")
# A host whose last label is a number is an address to every browser (WHATWG URL, "ends in a number").
_NUMBER_AT_END = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")
_UNSAFE_CHARACTER = re.compile(r"[\x00-\x20\x7f\\]")
_KEPT_IN_TARGET = "/%:@!$&'()*+,;=~-._?"

# RFC 1918, RFC 6598 (shared by carriers), RFC 4193, and this machine itself.
_PRIVATE_NETWORKS = tuple(
    ip_network(block)
    for block in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "fc00::/7",
        "::1/128",
    )
)
# Where cloud machines hand out their credentials; the first one is link-local as well.
_METADATA = frozenset(map(ip_address, ("169.254.169.254", "100.100.100.200", "fd00:ec2::254")))
# Special-purpose registries of IANA, where the ipaddress module of Python 3.11 is behind them.
_SPECIAL_NETWORKS = tuple(map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20")))
_GLOBAL_UNICAST = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")
# What we ask for; anything else would have to be unpacked without a limit.
ACCEPTED_CODING = "gzip"
_PLAIN_CODINGS = frozenset({"", "identity"})
_GZIP_CODINGS = frozenset({"gzip", "x-gzip"})
_GZIP_WINDOW = 16 + zlib.MAX_WBITS
_BY_HAND = "Save it in a browser and add the file."
_SUFFIX_OF_TYPE = {kind: format_.suffixes[0] for format_ in FORMATS for kind in format_.media_types}
_SUFFIX_OF_NAME = {
    suffix: format_.suffixes[0]
    for format_ in FORMATS
    for suffix in (*format_.suffixes, *format_.other_suffixes)
}
_ENCODED = frozenset(format_.suffixes[0] for format_ in FORMATS if format_.encoded)
_SENT_AS_TEXT = frozenset({".md", ".csv", ".rtf", ".eml"})
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Python's names of the encodings that a header is believed about.  ISO 8859-1 and ASCII mean
# Windows-1252 on the web (WHATWG Encoding, "names and labels").
_BELIEVED = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "cp1252": "cp1252",
    "iso8859-15": "iso8859-15",
    "utf-16": "utf-16-le",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "utf-8": "utf-8",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file as it came.

    url: the final address; None for a file of this machine.  media_type, charset: as the header says,
    in lower case.  fetched: ISO date.  filename_hint: a name that somebody gave it, not to be trusted.
    """

    data: bytes
    fetched: str
    filename_hint: str
    url: str | None = None
    media_type: str | None = None
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered, whatever it is.

    url: the final address.  headers: by name in lower case.  data: of status 200, else nothing.
    charset: as the header says, in lower case.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    data: bytes = b""
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class WebAddress:
    """A web address in its one spelling.  host: ASCII, lower case, no brackets; target: path and query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and port as a Host header has them: no default port, IPv6 in brackets."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address, without a fragment."""
        return f"{self.scheme}://{self.authority}{self.target}"

    def url_at(self, address: IPAddress) -> str:
        """Return the same address with a network address in place of the name."""
        host = f"[{address}]" if address.version == 6 else str(address)  # noqa: PLR2004 -- IPv6
        return f"{self.scheme}://{host}:{self.port}{self.target}"


def is_web_address(words: str) -> bool:
    """Tell an address (anything with ``scheme://``) from the path of a file."""
    return re.match(r"[a-z][a-z0-9+.-]*://", words.strip(), re.IGNORECASE) is not None


def parse_web_address(url: str) -> WebAddress:
    """Read an address that may be fetched; FetchError says why another one may not."""
    url = url.strip()
    if len(url) > _MAX_LENGTH:
        raise FetchError(f"{url[:80]}...: the address is longer than {_MAX_LENGTH:,} characters. Shorten it.")
    if _UNSAFE_CHARACTER.search(url):
        raise FetchError(
            f"{url!r}: the address holds a space, a backslash or a control character. Remove it."
        )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as exc:
        raise FetchError(f"{url}: this is not a web address ({exc}). Check its spelling.") from exc
    if parts.scheme not in _DEFAULT_PORTS:
        raise FetchError(f"{url}: only http and https are fetched. For a file give its path alone.")
    if "@" in parts.netloc:
        raise FetchError(
            f"{parts.scheme}://...: the address holds a user name. Remove what stands before '@'."
        )
    if port == 0:
        raise FetchError(f"{url}: there is no port 0. Remove it from the address.")
    return WebAddress(parts.scheme, _host(parts), port or _DEFAULT_PORTS[parts.scheme], _target(parts))


def redirected(current: WebAddress, location: str) -> WebAddress:
    """Return where a redirect leads, judged afresh; from https it may not lead to http."""
    try:
        joined = urljoin(current.url, location.strip())
    except ValueError as exc:
        raise FetchError(f"{current.url}: it redirects to {location!r}, which is not a web address.") from exc
    target = parse_web_address(joined)
    if current.scheme == "https" and target.scheme == "http":
        raise FetchError(
            f"{current.url}: it redirects from https to {target.url}, which anybody on the way could alter. "
            "Save the page in a browser and add the file."
        )
    return target


def address_key(url: str) -> str:
    """Return what two spellings of one page's address share: no scheme, no fragment, no slash at the end."""
    parts = urlsplit(url.strip())
    query = f"?{parts.query}" if parts.query else ""
    return parts.netloc.lower() + parts.path.rstrip("/") + query


def refusal(address: IPAddress, allow_private: bool) -> str | None:
    """Say what is wrong with connecting to a network address; None where nothing is.

    allow_private lets private networks and this machine pass, never link-local, metadata, multicast,
    unspecified or otherwise reserved addresses: no response is published there.
    """
    inner = _embedded(address)
    if inner in _METADATA or inner.is_link_local:
        return "a link-local or metadata address"
    if any(inner in network for network in _PRIVATE_NETWORKS):
        return None if allow_private else "an address of a private network"
    return None if _is_public(inner) else "a reserved address"


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if "[" in parts.netloc:
        return str(_literal(host, parts))
    if not host.isascii():
        host = _ascii_host(host, parts)
    host = host.removesuffix(".")
    if len(host) > _MAX_HOST_LENGTH or not _HOST.fullmatch(host):
        raise FetchError(f"{parts.geturl()}: {host!r} is not the name of a host. Check its spelling.")
    return str(_literal(host, parts)) if _NUMBER_AT_END.fullmatch(host) else host


def _ascii_host(host: str, parts: SplitResult) -> str:
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError as exc:
        raise FetchError(
            f"{parts.geturl()}: {host!r} is not the name of a host. Check its spelling."
        ) from exc


def _literal(host: str, parts: SplitResult) -> IPAddress:
    try:
        # IPv6Address would take a network interface too ("%eth0").
        return ip_address(host.replace("%", "?"))
    except ValueError as exc:
        raise FetchError(
            f"{parts.geturl()}: {host!r} is an unusual spelling of a network address. "
            "Write the name of the host, or four decimal numbers."
        ) from exc


def _target(parts: SplitResult) -> str:
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return quote(target, safe=_KEPT_IN_TARGET)


def _embedded(address: IPAddress) -> IPAddress:
    """Return the IPv4 address that an IPv6 one stands for (mapped, 6to4, _NAT64), else the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _is_public(address: IPAddress) -> bool:
    if isinstance(address, IPv6Address) and address not in _GLOBAL_UNICAST:
        return False
    special = any(address in network for network in _SPECIAL_NETWORKS)
    return address.is_global and not address.is_multicast and not address.is_reserved and not special


class Body:
    """Collects the pieces of one body.  limit: bytes, both as sent and as unpacked."""

    def __init__(self, url: str, coding: str, limit: int) -> None:
        coding = coding.strip().lower()
        if coding not in _PLAIN_CODINGS | _GZIP_CODINGS:
            raise FetchError(
                f"{url}: the answer is packed as {coding!r}, which was not asked for. {_BY_HAND}"
            )
        self._url = url
        self._limit = limit
        self._sent = 0
        self._data = bytearray()
        self._unpacker = zlib.decompressobj(_GZIP_WINDOW) if coding in _GZIP_CODINGS else None

    def feed(self, piece: bytes) -> None:
        """Take the next piece as it was sent; FetchError once the limit is passed."""
        self._sent += len(piece)
        if self._sent > self._limit:
            raise too_large(self._url, self._limit)
        if self._unpacker is None:
            self._data += piece
        else:
            self._unpack(piece)

    def finish(self, *, may_be_empty: bool = False) -> bytes:
        """Return the whole body; FetchError where it was cut short, or is empty and may not be."""
        if self._unpacker is not None and self._sent and not self._unpacker.eof:
            raise FetchError(f"{self._url}: the answer was cut short. Try again.")
        if not (self._data or may_be_empty):
            raise FetchError(f"{self._url}: the answer is empty. Check the address in a browser.")
        return bytes(self._data)

    def _unpack(self, piece: bytes) -> None:
        unpacker = self._unpacker
        while piece and unpacker is not None:
            if unpacker.eof:  # RFC 1952: members may follow one another
                unpacker = self._unpacker = zlib.decompressobj(_GZIP_WINDOW)
            try:
                self._data += unpacker.decompress(piece, self._limit + 1 - len(self._data))
            except zlib.error as exc:
                raise FetchError(f"{self._url}: the packed answer is damaged. Try again.") from exc
            if len(self._data) > self._limit:
                raise too_large(self._url, self._limit)
            piece = unpacker.unused_data


def too_large(url: str, limit: int) -> FetchError:
    """Say that an answer is larger than may be fetched."""
    return FetchError(f"{url}: the answer is larger than {limit:,} bytes. {_BY_HAND}")


def suffix_for(media_type: str | None, filename: str) -> str | None:
    """Choose the suffix of a supported format, by the type, else by the name; None where neither says.

    Plain text that is named as Markdown, a table, rich text or a mail is that: servers of raw files send them
    as plain text.
    """
    by_name = _SUFFIX_OF_NAME.get(PurePosixPath(filename).suffix.lower())
    by_type = _SUFFIX_OF_TYPE.get(media_type or "")
    if by_type == ".txt" and by_name in _SENT_AS_TEXT:
        return by_name
    return by_type or by_name


def stored_bytes(fetched: Fetched, suffix: str) -> bytes:
    """Return the bytes to keep: those that came, unless only the lost header told their encoding.

    Then they are kept as UTF-8, and a page with a byte order mark: it outranks a ``meta`` element that
    says otherwise (HTML standard, "determining the character encoding"), so the page itself is not
    edited.  A header that cannot be true is not believed.
    """
    data = fetched.data
    if suffix not in _ENCODED or fetched.charset is None or data.startswith(_BOMS):
        return data
    encoding = _encoding_of(data, fetched.charset)
    plain = encoding == "utf-8" and data.isascii()
    if encoding is None or plain or encoding == _told_by_file(data, suffix):
        return data
    mark = codecs.BOM_UTF8 if suffix == ".html" else b""
    return mark + data.decode(encoding).encode("utf-8")


def _encoding_of(data: bytes, charset: str) -> str | None:
    """Return the encoding to read with: UTF-8 wherever the bytes are, since nothing else looks like it."""
    named = _python_name(charset)
    if named is None:
        return None
    believed = _BELIEVED.get(named)
    candidates = (believed,) if named.startswith("utf-16") else ("utf-8", believed)
    return next((name for name in candidates if name and _decodes(data, name)), None)


def _told_by_file(data: bytes, suffix: str) -> str | None:
    """Return the encoding that a reader will find without the header."""
    if suffix != ".html":
        return "utf-8"
    from bs4.dammit import EncodingDetector

    declared = EncodingDetector.find_declared_encoding(data, is_html=True)
    return _BELIEVED.get(_python_name(declared or "") or "")


def _python_name(charset: str) -> str | None:
    try:
        return codecs.lookup(charset).name
    except (LookupError, ValueError):
        return None


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
