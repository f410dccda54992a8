"""askpcc answers questions about published responses to police inspections, with checked citations."""

__version__ = "0.1.0"

__all__ = ["__version__"]
