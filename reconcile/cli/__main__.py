"""``python -m reconcile.cli`` is the command line."""

from reconcile.cli.main import main

main()
