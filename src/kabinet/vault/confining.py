"""What a child gives up before it looks at a hostile file: memory, time, files, sockets."""

import resource


def lower(name: int, value: int, *, spare: int = 0) -> None:
    """A limit for good, never above what holds already; the hard one lies ``spare`` higher."""
    hard = resource.getrlimit(name)[1]
    most = value + spare if hard == resource.RLIM_INFINITY else min(value + spare, hard)
    resource.setrlimit(name, (min(value, most), most))
