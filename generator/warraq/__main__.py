"""`python -m warraq`."""

from warraq.cli import main

main()
