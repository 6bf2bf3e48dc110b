"""``python -m kabinet.site`` is the console script ``kabinet``."""

from kabinet.site.cli import main

main()
