"""`python -m hengliang` is the command."""

from hengliang.cli import main

main()
