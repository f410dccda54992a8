"""A header in which a reverse proxy says who somebody is."""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address

from starlette.requests import Request
from starlette.routing import Route

from askpcc.surfaces.web.access import Person
from askpcc.surfaces.web.sessions import Session, Sessions
from askpcc.surfaces.web.ways import Hint

TEAM = "proxy"
_LONGEST_NAME = 200
_HINT = Hint("These pages are reached through the proxy of your organisation, which signs you in.")


@dataclass(frozen=True, slots=True)
class ProxyHeader:
    """Believes one header of requests that come from the proxy's own addresses, and of no others.

    The person is told anew with each request; the session holds the token of their forms.
    """

    header: str
    proxies: tuple[IPv4Network | IPv6Network, ...]
    sessions: Sessions
    name: str = "proxy"
    can_sign_out: bool = False

    def routes(self) -> Sequence[Route]:
        """Return nothing: the proxy has its own pages for signing in."""
        return ()

    def admit(self, request: Request, known: Session | None) -> Session | None:
        """Admit whom the proxy names."""
        person = self._read_person(request)
        if person is None:
            return None
        return known if known and known.person == person else self.sessions.begin(person)

    def hint(self, request: Request) -> Hint:  # noqa: ARG002 - as all ways
        """Say where to go."""
        return _HINT

    def _read_person(self, request: Request) -> Person | None:
        """Return the person; None from elsewhere, and where the header is not there exactly once.

        Two of them, or a list in one, are what comes of a header that was sent along to the proxy.
        """
        if not self._is_proxy(request):
            return None
        written = request.headers.getlist(self.header)
        name = written[0].strip() if len(written) == 1 else ""
        if not name or not name.isprintable() or "," in name or len(name) > _LONGEST_NAME:
            return None
        return Person(TEAM, name, name)

    def _is_proxy(self, request: Request) -> bool:
        try:
            address = ip_address(request.client.host) if request.client else None
        except ValueError:
            return False
        mapped = getattr(address, "ipv4_mapped", None) or address
        return mapped is not None and any(mapped in network for network in self.proxies)
