import base64
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from kabinet.core import sign
from kabinet.core.canonical import NotCanonical, canonical_json
from kabinet.core.sign import Signer, Verified

OURS, THEIRS = Signer.from_seed(b"1" * 32), Signer.from_seed(b"2" * 32)
RECEIPT = {
    "number": "37182811",
    "time": "2026-03-01T09:05:00+06:00",
    "answers": "ab" * 32,
    "version": 1,
}

payloads = st.dictionaries(st.text(), st.integers() | st.text() | st.none(), max_size=5)


@given(payloads)
def test_verify_gives_back_what_was_signed(payload: dict[str, Any]) -> None:
    verified = sign.verify(OURS.sign(payload), [THEIRS.public_key, OURS.public_key])
    assert verified == Verified(payload=payload, key_id=OURS.key_id)


def test_verify_after_a_journey_as_json() -> None:
    text = json.dumps(OURS.sign(RECEIPT), indent=4)
    assert sign.verify(json.loads(text), [OURS.public_key]).payload == RECEIPT


@pytest.mark.parametrize("field", sorted(RECEIPT))
def test_verify_any_changed_field_is_found(field: str) -> None:
    document = OURS.sign(RECEIPT)
    document["payload"] = {**RECEIPT, field: "other"}
    with pytest.raises(sign.Changed):
        sign.verify(document, [OURS.public_key])


def test_verify_a_field_added_or_lost_is_found() -> None:
    for payload in ({**RECEIPT, "more": 1}, {"number": "37182811"}, {**RECEIPT, "version": 1.5}):
        with pytest.raises(sign.Changed):
            sign.verify({**OURS.sign(RECEIPT), "payload": payload}, [OURS.public_key])


def test_verify_signature_of_another_under_our_name_is_found() -> None:
    document = {**THEIRS.sign(RECEIPT), "key_id": OURS.key_id}
    with pytest.raises(sign.Changed):
        sign.verify(document, [OURS.public_key])


def test_verify_unknown_signer_is_named() -> None:
    with pytest.raises(sign.UnknownSigner) as refused:
        sign.verify(THEIRS.sign(RECEIPT), [OURS.public_key])
    assert refused.value.params == {"key_id": THEIRS.key_id}


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {},
        "text",
        {"payload": {}, "key_id": OURS.key_id},
        {"payload": [], "key_id": OURS.key_id, "signature": ""},
        {"payload": {}, "key_id": 1, "signature": ""},
        {"payload": {}, "key_id": OURS.key_id, "signature": "***"},
        {"payload": {}, "key_id": OURS.key_id, "signature": "подпись"},
    ],
)
def test_verify_refuses_what_is_no_document(document: object) -> None:
    with pytest.raises(sign.NotADocument):
        sign.verify(document, [OURS.public_key])


def test_verify_refuses_a_signature_of_the_wrong_length() -> None:
    with pytest.raises(sign.Changed):
        sign.verify({**OURS.sign(RECEIPT), "signature": ""}, [OURS.public_key])


def test_verify_refuses_a_signature_made_for_another_purpose() -> None:
    bare = Ed25519PrivateKey.from_private_bytes(b"1" * 32).sign(canonical_json(RECEIPT))
    document = {**OURS.sign(RECEIPT), "signature": base64.b64encode(bare).decode()}
    with pytest.raises(sign.Changed):
        sign.verify(document, [OURS.public_key])


def test_signer_is_the_same_for_the_same_seed() -> None:
    again = Signer.from_seed(b"1" * 32)
    assert (again.key_id, again.public_key) == (OURS.key_id, OURS.public_key)
    assert again.sign(RECEIPT) == OURS.sign(RECEIPT)
    assert OURS.key_id == sign.key_id(OURS.public_key)


def test_signer_refuses_a_short_seed() -> None:
    with pytest.raises(ValueError, match="32 bytes, not 3"):
        Signer.from_seed(b"abc")


def test_signer_refuses_a_payload_without_one_form() -> None:
    with pytest.raises(NotCanonical):
        OURS.sign({"sum": 470.5})


def test_signer_never_shows_its_private_key() -> None:
    assert "Ed25519PrivateKey" not in repr(OURS)
