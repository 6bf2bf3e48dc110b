"""Who can sign in to the demo: the table that `make demo` prints, and var/demo.json."""

from dataclasses import asdict, dataclass

PASSWORD = "горы-и-яблоки-27"  # noqa: S105 of made-up people, printed by `make demo`


@dataclass(frozen=True)
class SignIn:
    """``login`` is a phone or an e-mail, ``language`` the one of the person's pages."""

    role: str
    login: str
    password: str = PASSWORD
    language: str = "ru"

    def as_dict(self) -> dict[str, str]:
        return asdict(self)
