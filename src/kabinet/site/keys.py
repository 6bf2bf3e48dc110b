"""The keys of an installation: given in production, made once by the demo and kept in its folder."""

import base64
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from kabinet.site import options


@dataclass(frozen=True)
class Keys:
    secret_key: str
    seal_keys: str
    signing_seed: str
    index_key: str


def load(var: Path) -> Keys:
    """Keys from the options; in demo mode what is missing is made in ``var/keys.json`` (0600)."""
    given = Keys(
        secret_key=options.value(options.SECRET_KEY),
        seal_keys=options.value(options.SEAL_KEYS),
        signing_seed=options.value(options.SIGNING_SEED),
        index_key=options.value(options.INDEX_KEY),
    )
    if all(vars(given).values()):
        return given
    own = _made_once(var / "keys.json")
    return Keys(**{name: text or getattr(own, name) for name, text in vars(given).items()})


def _made_once(path: Path) -> Keys:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = Keys(
        secret_key=secrets.token_urlsafe(50),
        seal_keys="demo:" + base64.b64encode(secrets.token_bytes(32)).decode(),
        signing_seed=base64.b64encode(secrets.token_bytes(32)).decode(),
        index_key=base64.b64encode(secrets.token_bytes(32)).decode(),
    )
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(vars(fresh), file, indent=1)
    try:
        os.link(draft, path)  # of several processes starting at once, the first one wins
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return Keys(**json.loads(path.read_text()))
