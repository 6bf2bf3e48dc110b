"""Made-up holders of documents, and the machine readable zones that their documents carry."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from kabinet.core.passport.mrz import Format, check_digit

_SURNAMES = (
    "ASANOV OSMONOVA TOKTOGULOV ABDYKERIMOVA ZHUMAGULOV SYDYKOVA BEISHENALIEV MAMBETALIEVA IVANOVA "
    "KIM SADYROVA TURDUBEKOV CHYNGYSHEVA NURLANOV DZHUMABAEVA ORMONBEKOV SATYBALDIEVA ISAKOV "
    "KALYBEKOVA TASHIEV KHAMIDOVA YUSUPOV BAITEREKOVA ERKINBAEV ALYMKULOVA PETROV USENOVA"
)
_MEN = "TIMUR BAKYT DANIYAR AZAMAT NURBEK ERLAN ADILET SANZHAR MAKSAT TILEK VIKTOR"
_WOMEN = "AIPERI AIDA ZHAMAL ELENA NURGUL CHOLPON MEERIM AIGERIM BEGIMAI ZHAZGUL ANNA"
_ABROAD = "KAZ RUS UZB TJK TUR DEU CHN USA IND KOR"

SURNAMES = _SURNAMES.split()
GIVEN = {"M": _MEN.split(), "F": _WOMEN.split()}
ABROAD = _ABROAD.split()


@dataclass(frozen=True)
class Holder:
    country: str
    nationality: str
    number: str
    birth: date
    sex: str
    expiry: date
    pin: str
    surname: str
    given: str


def dice_of(seed: object) -> random.Random:
    """Dice that always fall the same way for the same seed; for drawing, not for secrecy."""
    return random.Random(str(seed))


def make_holder(dice: random.Random, *, country: str = "KGZ") -> Holder:
    sex = dice.choice("MF")
    birth = date(1960, 1, 1) + timedelta(days=dice.randrange(365 * 50))
    pin = f"{'1' if sex == 'F' else '2'}{birth:%d%m%Y}{dice.randrange(10**5):05}"
    series = dice.choice(["ID", "AN", "AC", "PE"])
    foreign = dice.choice("ABCKLMNPX") + f"{dice.randrange(10**8):08}"
    return Holder(
        country=country,
        nationality=country,
        number=f"{series}{dice.randrange(10**7):07}" if country == "KGZ" else foreign,
        birth=birth,
        sex=sex,
        expiry=date(2026, 1, 1) + timedelta(days=dice.randrange(3650)),
        pin=pin if country == "KGZ" else "",
        surname=dice.choice(SURNAMES),
        given=dice.choice(GIVEN[sex]),
    )


def zone_lines(holder: Holder, form: Format) -> tuple[str, ...]:
    """The lines of a zone, laid out from Doc 9303 independently of the parser's slices."""
    number = _signed(holder.number.ljust(9, "<"))
    birth, expiry = _signed(f"{holder.birth:%y%m%d}"), _signed(f"{holder.expiry:%y%m%d}")
    country = "D" if holder.country == "DEU" else holder.country
    nation = "D" if holder.nationality == "DEU" else holder.nationality
    country, nation = country.ljust(3, "<"), nation.ljust(3, "<")
    names = f"{holder.surname}<<{holder.given.replace(' ', '<')}"
    if form == "TD1":
        upper, inner = number + holder.pin.ljust(15, "<"), "<" * 11
        composite = check_digit(upper + birth + expiry + inner)
        return (
            f"ID{country}{upper}",
            f"{birth}{holder.sex}{expiry}{nation}{inner}{composite}",
            names.ljust(30, "<")[:30],
        )
    width, room = (44, 14) if form == "TD3" else (36, 7)
    optional = holder.pin[:room].ljust(room, "<") if form == "TD3" else "<" * 7
    personal = _signed(optional) if form == "TD3" else optional
    composite = check_digit(number + birth + expiry + personal)
    code = "P<" if form == "TD3" else "I<"
    return (
        f"{code}{country}{names}".ljust(width, "<")[:width],
        f"{number}{nation}{birth}{holder.sex}{expiry}{personal}{composite}",
    )


def _signed(text: str) -> str:
    return text + check_digit(text)
