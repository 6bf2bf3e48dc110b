"""Every option of an installation in one typed list: name, default, meaning, example.

An option is read from the environment variable of its name. A secret may also come
from a file named by ``NAME_FILE`` (a Docker or systemd credential).
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal["text", "whole", "yes-no", "list", "path", "secret"]


class BadOption(Exception):
    """An option has a value that cannot be used; the message names the variable."""


@dataclass(frozen=True)
class Option:
    name: str
    kind: Kind
    default: str
    meaning: str
    example: str
    required_in_production: bool = False

    @property
    def lack(self) -> str:
        return f"{self.name} is not set: {self.meaning}"

    @property
    def remedy(self) -> str:
        return f"Set {self.name}, or {self.name}_FILE, for example {self.example}"

    def is_given(self, environ: Mapping[str, str]) -> bool:
        return self.name in environ or f"{self.name}_FILE" in environ

    def read(self, environ: Mapping[str, str]) -> str:
        """The raw text of the option, from the variable, its ``_FILE``, or the default."""
        if self.name in environ:
            return environ[self.name].strip()
        path = environ.get(f"{self.name}_FILE")
        if path is None:
            return self.default
        try:
            return Path(path).read_text().strip()
        except OSError as error:
            raise BadOption(f"{self.name}_FILE: cannot read {path}: {error.strerror}") from error


MODE = Option(
    "KABINET_MODE",
    "text",
    "demo",
    "`demo` makes its own keys in KABINET_VAR; `production` refuses to start without real ones.",
    "production",
)
VAR = Option(
    "KABINET_VAR",
    "path",
    "var",
    "Folder for the database, sealed documents and the demo's keys.",
    "/srv/kabinet",
)
DATABASE_URL = Option(
    "DATABASE_URL",
    "text",
    "",
    "Database. Empty: SQLite in KABINET_VAR.",
    "postgres://kabinet@localhost/kabinet",
)
REDIS_URL = Option(
    "REDIS_URL",
    "text",
    "",
    "Shared cache and queue. Needed as soon as more than one host serves. Empty: files in KABINET_VAR.",
    "redis://localhost:6379/0",
)
SECRET_KEY = Option(
    "KABINET_SECRET_KEY",
    "secret",
    "",
    "Signs cookies and forms; at least 50 random characters.",
    "(python3 -c 'import secrets; print(secrets.token_urlsafe(50))')",
    required_in_production=True,
)
SEAL_KEYS = Option(
    "KABINET_SEAL_KEYS",
    "secret",
    "",
    "Keys that seal documents and first passwords, `id:base64` of 32 bytes, the current one first.",
    "k2:3q2+7w…,k1:AAEC…",
    required_in_production=True,
)
SIGNING_SEED = Option(
    "KABINET_SIGNING_SEED",
    "secret",
    "",
    "Ed25519 seed, base64 of 32 bytes, which signs submission receipts.",
    "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=",
    required_in_production=True,
)
INDEX_KEY = Option(
    "KABINET_INDEX_KEY",
    "secret",
    "",
    "Base64 of 32 bytes; finds the same document number twice without storing it. Never rotated.",
    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    required_in_production=True,
)
HOSTS = Option(
    "KABINET_HOSTS",
    "list",
    "localhost,127.0.0.1,[::1]",
    "Host names under which the site answers.",
    "ort.example.kg",
    required_in_production=True,
)
ADDRESS = Option(
    "KABINET_ADDRESS",
    "text",
    "http://localhost:8000",
    "The address people type; printed on slips and in letters.",
    "https://ort.example.kg",
    required_in_production=True,
)
TIME_ZONE = Option(
    "KABINET_TIME_ZONE", "text", "Asia/Bishkek", "Zone in which times are shown.", "Asia/Bishkek"
)
EMAIL_URL = Option(
    "KABINET_EMAIL_URL",
    "secret",
    "",
    "Mail server for letters. Empty: letters stay in the outbox table.",
    "smtp://user:password@mail.example.kg:587/?tls=True",
)
EMAIL_FROM = Option(
    "KABINET_EMAIL_FROM",
    "text",
    "Кабинет <kabinet@localhost>",
    "Sender of letters.",
    "Кабинет <kabinet@example.kg>",
)
BEHIND_PROXY = Option(
    "KABINET_PROXIES",
    "whole",
    "0",
    "How many trusted proxies stand in front; the caller's address is read behind them.",
    "1",
)
CHECKS = Option(
    "KABINET_CHECKS",
    "yes-no",
    "yes",
    "Whether workers look at face photos and identity documents and advise people. It never decides.",
    "no",
)

OPTIONS = (
    MODE,
    VAR,
    DATABASE_URL,
    REDIS_URL,
    SECRET_KEY,
    SEAL_KEYS,
    SIGNING_SEED,
    INDEX_KEY,
    HOSTS,
    ADDRESS,
    TIME_ZONE,
    EMAIL_URL,
    EMAIL_FROM,
    BEHIND_PROXY,
    CHECKS,
)


def value(option: Option, environ: Mapping[str, str] = os.environ) -> str:
    """The option as text; loud where production lacks it."""
    text = option.read(environ)
    lacks = option.required_in_production and not (option.is_given(environ) and text)
    if lacks and MODE.read(environ) == "production":
        raise BadOption(f"{option.name} must be set in production: {option.meaning}")
    return text


def lacking(environ: Mapping[str, str]) -> Iterator[Option]:
    """What production needs and is not given."""
    return (
        option
        for option in OPTIONS
        if option.required_in_production and not option.is_given(environ)
    )


def whole(option: Option, environ: Mapping[str, str] = os.environ) -> int:
    text = value(option, environ)
    if not text.isdigit():
        raise BadOption(f"{option.name} must be a whole number, not “{text}”")
    return int(text)


def yes(option: Option, environ: Mapping[str, str] = os.environ) -> bool:
    text = value(option, environ)
    if text not in ("yes", "no"):
        raise BadOption(f"{option.name} must be yes or no, not “{text}”")
    return text == "yes"


def listed(option: Option, environ: Mapping[str, str] = os.environ) -> list[str]:
    return [part.strip() for part in value(option, environ).split(",") if part.strip()]


def as_page() -> str:
    """The list as docs/reference/settings.md (written by `kabinet reference`)."""
    rows = [
        f"| `{o.name}` | {'`' + o.default + '`' if o.default else '–'} | {o.meaning} "
        f"| {'yes' if o.required_in_production else 'no'} | `{o.example}` |"
        for o in OPTIONS
    ]
    head = (
        "# Settings\n\nEnvironment variables; a secret may also come from a file named by `NAME_FILE`."
        "\n\n| option | default | meaning | required in production | example |\n|---|---|---|---|---|\n"
    )
    return head + "\n".join(rows) + "\n"
