"""Which web addresses may be fetched: their spelling, and the network address behind the name.

Pure: names are looked up elsewhere.  Only one spelling of each host is accepted, so that what is checked
here and what is connected to cannot be two different things.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from askpcc.errors import FetchError

IPAddress = IPv4Address | IPv6Address

DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_LENGTH = 2_000
MAX_HOST_LENGTH = 253
HOST = re.compile(r"[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*")
# A host whose last label is a number is an address to every browser (WHATWG URL, "ends in a number").
NUMBER_AT_END = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")
UNSAFE_CHARACTER = re.compile(r"[\x00-\x20\x7f\\]")
KEPT_IN_TARGET = "/%:@!$&'()*+,;=~-._?"

# RFC 1918, RFC 6598 (shared by carriers), RFC 4193, and this machine itself.
PRIVATE_NETWORKS = tuple(
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
METADATA = frozenset(map(ip_address, ("169.254.169.254", "100.100.100.200", "fd00:ec2::254")))
# Special-purpose registries of IANA, where the ipaddress module of Python 3.11 is behind them.
SPECIAL_NETWORKS = tuple(map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20")))
GLOBAL_UNICAST = ip_network("2000::/3")
NAT64 = ip_network("64:ff9b::/96")


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
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

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
    if len(url) > MAX_LENGTH:
        raise FetchError(f"{url[:80]}...: the address is longer than {MAX_LENGTH:,} characters. Shorten it.")
    if UNSAFE_CHARACTER.search(url):
        raise FetchError(
            f"{url!r}: the address holds a space, a backslash or a control character. Remove it."
        )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as exc:
        raise FetchError(f"{url}: this is not a web address ({exc}). Check its spelling.") from exc
    if parts.scheme not in DEFAULT_PORTS:
        raise FetchError(f"{url}: only http and https are fetched. For a file give its path alone.")
    if "@" in parts.netloc:
        raise FetchError(
            f"{parts.scheme}://...: the address holds a user name. Remove what stands before '@'."
        )
    if port == 0:
        raise FetchError(f"{url}: there is no port 0. Remove it from the address.")
    return WebAddress(parts.scheme, _host(parts), port or DEFAULT_PORTS[parts.scheme], _target(parts))


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
    if inner in METADATA or inner.is_link_local:
        return "a link-local or metadata address"
    if any(inner in network for network in PRIVATE_NETWORKS):
        return None if allow_private else "an address of a private network"
    return None if _is_public(inner) else "a reserved address"


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if "[" in parts.netloc:
        return str(_literal(host, parts))
    if not host.isascii():
        host = _ascii_host(host, parts)
    host = host.removesuffix(".")
    if len(host) > MAX_HOST_LENGTH or not HOST.fullmatch(host):
        raise FetchError(f"{parts.geturl()}: {host!r} is not the name of a host. Check its spelling.")
    return str(_literal(host, parts)) if NUMBER_AT_END.fullmatch(host) else host


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
    return quote(target, safe=KEPT_IN_TARGET)


def _embedded(address: IPAddress) -> IPAddress:
    """Return the IPv4 address that an IPv6 one stands for (mapped, 6to4, NAT64), else the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _is_public(address: IPAddress) -> bool:
    if isinstance(address, IPv6Address) and address not in GLOBAL_UNICAST:
        return False
    special = any(address in network for network in SPECIAL_NETWORKS)
    return address.is_global and not address.is_multicast and not address.is_reserved and not special
