"""``kabinet audit verify``: is the journal still what was written? ``kabinet audit heads``: its anchors."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kabinet.audit import journal
from kabinet.audit.models import Event


class Command(BaseCommand):
    help = "Prove the journal (verify) or print the last hash of every chain (heads)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["verify", "heads"])
        parser.add_argument(
            "--heads", type=Path, help="what `heads` printed earlier: shows also a cut end"
        )

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        if what == "heads":
            self.heads()
        else:
            self.verify(_read(options["heads"]) if options["heads"] else [])

    def verify(self, kept: list[journal.Head]) -> None:
        broken = [*journal.verify(), *journal.lost(kept)]
        for row in broken:
            self.stderr.write(f"chain {row.chain}: row {row.seq} {row.reason}")
        if broken:
            chains = len({row.chain for row in broken})
            raise CommandError(f"{chains} broken chains", returncode=1)
        chains = Event.objects.order_by().values("chain").distinct().count()
        self.stdout.write(f"{Event.objects.count()} events in {chains} chains: unbroken")

    def heads(self) -> None:
        for chain, seq, digest in journal.heads():
            self.stdout.write(f"{chain} {seq} {digest}")


def _read(path: Path) -> list[journal.Head]:
    try:
        rows = [line.split() for line in path.read_text().splitlines()]
        return [(chain, int(seq), digest) for chain, seq, digest in rows]
    except (OSError, ValueError) as error:
        raise CommandError(f"{path} is not what `kabinet audit heads` printed: {error}") from error
