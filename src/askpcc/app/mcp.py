"""Wires what other assistants get over the Model Context Protocol."""

from askpcc.app.asking import open_answerer, open_catalogue
from askpcc.errors import SettingsError
from askpcc.settings import Settings


def run_mcp(settings: Settings) -> None:
    """Serve over stdin and stdout until they are closed; raises SettingsError where the SDK is missing."""
    from askpcc.language.forces import load_forces
    from askpcc.surfaces.mcp.server import build_server
    from askpcc.surfaces.mcp.tools import Tools

    with open_answerer(settings) as answerer, open_catalogue(settings) as catalogue:
        try:
            server = build_server(Tools(answerer, catalogue, load_forces))
        except ImportError as exc:
            raise SettingsError(
                "The package mcp is not installed. Install it with: pip install 'askpcc[mcp]'"
            ) from exc
        server.run("stdio")
