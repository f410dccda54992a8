"""How a command fails: in one sentence on stderr, or quietly where nobody reads on."""

import os
import sys
from typing import Any

import click

from askpcc.errors import AskpccError

_NOBODY_READS = 141
"""What shells report of a tool that a closed pipe has ended: 128 + SIGPIPE."""


class Told(click.Group):
    """Tells every failure in a sentence, with exit status 1, or 130 where the person ended the run."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise  # click's own, which it tells itself
        except BrokenPipeError:
            _drop_output()
            ctx.exit(_NOBODY_READS)
        except AskpccError as exc:
            raise _as_sentence(str(exc)) from exc
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            ctx.exit(130)  # as shells report what SIGINT has ended
        except Exception as exc:
            if ctx.params["debug"]:
                raise
            told = f"{type(exc).__name__}: {exc}. Where it comes from is shown by: askpcc --debug ..."
            raise _as_sentence(told) from exc


def _drop_output() -> None:
    """Let what is still to be written go nowhere: the interpreter would complain of it at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _as_sentence(failure: str) -> click.ClickException:
    """Needs nothing of ours, which may be what has failed; what could steer a terminal is left out."""
    return click.ClickException(
        "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in failure)
    )
