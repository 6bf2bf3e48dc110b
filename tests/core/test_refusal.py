import pickle

from kabinet.core import phones
from kabinet.core.refusal import Refusal


def test_refusal_reads_as_its_key_and_carries_its_figures() -> None:
    refused = phones.TooShort(missing=2)
    assert (str(refused), refused.message_key, refused.params) == (
        "phone.too_short",
        "phone.too_short",
        {"missing": 2},
    )


def test_refusal_survives_the_way_between_processes() -> None:
    refused = pickle.loads(pickle.dumps(phones.TooLong(extra=1)))  # noqa: S301
    assert (type(refused), refused.params) == (phones.TooLong, {"extra": 1})


def test_refusals_of_a_room_are_one_family() -> None:
    assert (
        issubclass(phones.Empty, phones.PhoneError),
        issubclass(phones.PhoneError, Refusal),
    ) == (True, True)
