"""What the command line tells about itself, and that asking it loads nothing heavy."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from typer.main import get_command

from reconcile import __version__
from reconcile.cli.main import app

Cli = Callable[..., Any]


def commands() -> list[tuple[str, ...]]:
    """The words of every command."""
    groups: dict[str, dict[str, Any]] = {
        name: getattr(command, "commands", {})
        for name, command in get_command(app).commands.items()  # type: ignore[attr-defined]
    }
    return [words for name, below in groups.items() for words in ([(name, one) for one in below] or [(name,)])]


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_help_teaches_by_example(cli: Cli, words: tuple[str, ...]) -> None:
    """Every command's help holds an example that starts with its own name."""
    said = cli(*words, "--help")
    assert said.code == 0
    _, _, examples = said.out.partition("Example")
    assert f"reconcile {' '.join(words)}" in examples


@pytest.mark.parametrize("words", [(), ("rules",), ("db",)], ids=" ".join)
def test_help_lists_the_commands(cli: Cli, words: tuple[str, ...]) -> None:
    """The help of the program and of its groups names every command below."""
    said = cli(*words, "--help")
    assert [c[len(words)] for c in commands() if c[: len(words)] == words and c[len(words)] not in said.out] == []


def test_help_tells_the_exit_codes(cli: Cli) -> None:
    """What the exit codes mean stands in the program's help."""
    assert all(
        words in cli("--help").out for words in ("Exit codes", "0 done", "1 done", "2 wrong use", "3 done in part")
    )


def test_version(cli: Cli) -> None:
    """--version prints the version alone."""
    assert cli("--version").out == f"reconcile {__version__}\n"


@pytest.mark.parametrize(
    "words",
    [("frobnicate",), ("run",), ("run", "x", "--frob"), ("compare", "date", "May 1"), ("explain",), ("rules", "frob")],
    ids=" ".join,
)
def test_wrong_use_has_exit_code_2(cli: Cli, words: tuple[str, ...]) -> None:
    """An unknown command or option, or a missing argument, is told on standard error."""
    said = cli(*words)
    assert (said.code, said.out) == (2, "")
    assert said.err


@pytest.mark.parametrize("words", [["--help"], ["run", "--help"], ["--version"]], ids=" ".join)
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    """Help answers at once because neither the model's library nor the database's is imported for it."""
    program = (
        "import sys\n"
        "from reconcile.cli.main import main\n"
        f"sys.argv = ['reconcile', *{words!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'spacy', 'sqlalchemy', 'alembic', 'rapidfuzz', 'cel_expr_python', 'trafilatura', 'jinja2', 'fastapi',"
        " 'httpx'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
