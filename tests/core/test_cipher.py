import base64

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from kabinet.core import cipher
from kabinet.core.cipher import SEGMENT_BYTES, KeyRing

OLD, NEW = b"1" * 32, b"2" * 32
RING = KeyRing(keys={"k2": NEW, "k1": OLD}, current="k2")
KEY = b"f" * 32
SEALED_SEGMENT = SEGMENT_BYTES + 16
FILE_HEADER = 11

payloads = st.binary(max_size=200)
contexts = st.binary(max_size=40)
sizes = st.sampled_from(
    [0, 1, 100, SEGMENT_BYTES - 1, SEGMENT_BYTES, SEGMENT_BYTES + 1, 3 * SEGMENT_BYTES]
)


def _file(size: int) -> bytes:
    return bytes(range(256)) * (size // 256) + b"." * (size % 256)


@given(payloads, contexts)
def test_seal_opens_in_its_own_context(plaintext: bytes, context: bytes) -> None:
    sealed = cipher.seal(RING, plaintext, context=context)
    assert cipher.open_sealed(RING, sealed, context=context) == plaintext


@given(payloads, contexts, contexts)
def test_seal_of_another_context_is_broken(plaintext: bytes, one: bytes, other: bytes) -> None:
    sealed = cipher.seal(RING, plaintext, context=one)
    if one == other:
        return
    with pytest.raises(cipher.SealBroken):
        cipher.open_sealed(RING, sealed, context=other)


@given(payloads, st.data())
def test_seal_with_one_bit_changed_never_opens(plaintext: bytes, data: st.DataObject) -> None:
    sealed = bytearray(cipher.seal(RING, plaintext, context=b"row 1"))
    place = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[place // 8] ^= 1 << (place % 8)
    with pytest.raises((cipher.SealBroken, cipher.UnknownKey)):
        cipher.open_sealed(RING, bytes(sealed), context=b"row 1")


@given(payloads, st.data())
def test_seal_cut_short_never_opens(plaintext: bytes, data: st.DataObject) -> None:
    sealed = cipher.seal(RING, plaintext, context=b"row 1")
    cut = data.draw(st.integers(0, len(sealed) - 1))
    with pytest.raises(cipher.SealBroken):
        cipher.open_sealed(RING, sealed[:cut], context=b"row 1")


@given(st.binary(max_size=80))
def test_seal_of_any_bytes_is_refused_cleanly(junk: bytes) -> None:
    with pytest.raises(cipher.CipherError):
        cipher.open_sealed(RING, junk, context=b"")


def test_seal_under_an_old_key_still_opens() -> None:
    old_ring = KeyRing(keys={"k1": OLD}, current="k1")
    sealed = cipher.seal(old_ring, b"4827193605", context=b"person 7")
    assert cipher.sealed_under(sealed) == "k1"
    assert cipher.open_sealed(RING, sealed, context=b"person 7") == b"4827193605"


def test_seal_under_a_key_not_in_the_ring_names_it() -> None:
    sealed = cipher.seal(RING, b"x", context=b"")
    with pytest.raises(cipher.UnknownKey, match="k2"):
        cipher.open_sealed(KeyRing(keys={"k1": OLD}, current="k1"), sealed, context=b"")


def test_seal_with_its_key_id_rewritten_is_broken() -> None:
    same_key = KeyRing(keys={"k1": NEW, "k2": NEW}, current="k2")
    sealed = cipher.seal(same_key, b"x", context=b"")
    with pytest.raises(cipher.SealBroken):
        cipher.open_sealed(same_key, sealed.replace(b"k2", b"k1", 1), context=b"")


def test_seal_twice_looks_different() -> None:
    assert cipher.seal(RING, b"x", context=b"") != cipher.seal(RING, b"x", context=b"")


def test_ring_parse_takes_the_first_as_current() -> None:
    text = f"k2:{base64.b64encode(NEW).decode()}, k1:{base64.b64encode(OLD).decode()}"
    assert KeyRing.parse(text) == RING


@pytest.mark.parametrize(
    "text",
    [
        "",
        "k1",
        "k1:",
        "k1:c2hvcnQ=",
        "k1:***",
        f"k 1:{base64.b64encode(OLD).decode()}",
        f":{base64.b64encode(OLD).decode()}",
        f"k1:{base64.b64encode(OLD).decode()},k1:{base64.b64encode(NEW).decode()}",
        f"k1:{base64.b64encode(OLD).decode()},",
        f"{'k' * 33}:{base64.b64encode(OLD).decode()}",
    ],
)
def test_ring_parse_refuses_what_is_no_ring(text: str) -> None:
    with pytest.raises(cipher.BadKey) as refused:
        KeyRing.parse(text)
    # A key that is nearly right must not end in a log either.
    assert base64.b64encode(OLD).decode() not in str(refused.value)


def test_ring_without_its_current_key_is_refused() -> None:
    with pytest.raises(cipher.BadKey, match="k9"):
        KeyRing(keys={"k1": OLD}, current="k9")


def test_ring_never_shows_its_keys() -> None:
    assert repr(RING) == "KeyRing(current='k2')"


def test_new_keys_are_32_bytes_and_differ() -> None:
    keys = {cipher.new_key() for _ in range(100)}
    assert (len(keys), {len(key) for key in keys}) == (100, {32})


@given(sizes, contexts)
def test_file_comes_back_whole(size: int, context: bytes) -> None:
    encrypted = cipher.encrypt_file(_file(size), KEY, context=context)
    assert cipher.decrypt_file(encrypted, KEY, context=context) == _file(size)
    assert len(encrypted) == FILE_HEADER + size + 16 * max(1, -(-size // SEGMENT_BYTES))


@given(sizes, st.data())
def test_file_with_one_bit_changed_is_broken(size: int, data: st.DataObject) -> None:
    encrypted = bytearray(cipher.encrypt_file(_file(size), KEY, context=b"a"))
    place = data.draw(st.integers(0, len(encrypted) * 8 - 1))
    encrypted[place // 8] ^= 1 << (place % 8)
    with pytest.raises(cipher.SealBroken):
        cipher.decrypt_file(bytes(encrypted), KEY, context=b"a")


@given(sizes, st.data())
def test_file_cut_anywhere_is_broken(size: int, data: st.DataObject) -> None:
    encrypted = cipher.encrypt_file(_file(size), KEY, context=b"a")
    cut = data.draw(st.integers(0, len(encrypted) - 1))
    with pytest.raises(cipher.SealBroken):
        cipher.decrypt_file(encrypted[:cut], KEY, context=b"a")


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_file_cut_between_segments_is_broken(kept: int) -> None:
    encrypted = cipher.encrypt_file(_file(3 * SEGMENT_BYTES), KEY, context=b"a")
    with pytest.raises(cipher.SealBroken):
        cipher.decrypt_file(encrypted[: FILE_HEADER + kept * SEALED_SEGMENT], KEY, context=b"a")


@pytest.mark.parametrize(
    "order", [(1, 0, 2), (0, 2, 1), (2, 1, 0), (0, 1, 1), (0, 0, 2), (0, 1, 2, 2)]
)
def test_file_with_segments_moved_or_doubled_is_broken(order: tuple[int, ...]) -> None:
    encrypted = cipher.encrypt_file(_file(3 * SEGMENT_BYTES), KEY, context=b"a")
    body = encrypted[FILE_HEADER:]
    segments = [body[at : at + SEALED_SEGMENT] for at in range(0, len(body), SEALED_SEGMENT)]
    moved = encrypted[:FILE_HEADER] + b"".join(segments[number] for number in order)
    with pytest.raises(cipher.SealBroken):
        cipher.decrypt_file(moved, KEY, context=b"a")


def test_file_with_a_segment_of_another_file_is_broken() -> None:
    one, other = (
        cipher.encrypt_file(_file(2 * SEGMENT_BYTES), KEY, context=b"a") for _ in range(2)
    )
    mixed = one[: FILE_HEADER + SEALED_SEGMENT] + other[FILE_HEADER + SEALED_SEGMENT :]
    with pytest.raises(cipher.SealBroken):
        cipher.decrypt_file(mixed, KEY, context=b"a")


def test_file_lengthened_is_broken() -> None:
    encrypted = cipher.encrypt_file(_file(SEGMENT_BYTES), KEY, context=b"a")
    with pytest.raises(cipher.SealBroken):
        cipher.decrypt_file(encrypted + b"\0" * 20, KEY, context=b"a")


def test_file_of_another_context_or_key_is_broken() -> None:
    encrypted = cipher.encrypt_file(b"passport", KEY, context=b"form 1 file 2")
    with pytest.raises(cipher.SealBroken):
        cipher.decrypt_file(encrypted, KEY, context=b"form 1 file 3")
    with pytest.raises(cipher.SealBroken):
        cipher.decrypt_file(encrypted, NEW, context=b"form 1 file 2")


def test_file_layout_is_the_one_written_down() -> None:
    """Read by hand from the docstring, so that old files can be opened without this program."""
    encrypted = cipher.encrypt_file(b"photo", KEY, context=b"a")
    nonce = encrypted[4:11] + (0).to_bytes(4, "big") + b"\x01"
    assert encrypted[:4] == b"KBF1"
    assert AESGCM(KEY).decrypt(nonce, encrypted[11:], b"KBF1a") == b"photo"


def test_file_key_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(cipher.BadKey, match="16"):
        cipher.encrypt_file(b"", b"k" * 16, context=b"")


def test_derive_gives_each_purpose_its_own_key() -> None:
    derived = {cipher.derive(key, purpose) for key in (OLD, NEW) for purpose in ("slips", "index")}
    assert (len(derived), {len(key) for key in derived}) == (4, {32})
    assert cipher.derive(OLD, "slips") == cipher.derive(OLD, "slips")


@given(st.lists(st.lists(st.text(), max_size=3).map(tuple), min_size=2, max_size=5, unique=True))
def test_blind_index_is_equal_for_equal_parts_only(values: list[tuple[str, ...]]) -> None:
    assert len({cipher.blind_index(KEY, *parts) for parts in values}) == len(values)
    assert cipher.blind_index(KEY, *values[0]) == cipher.blind_index(KEY, *values[0])


def test_blind_index_is_hex_and_needs_the_key() -> None:
    index = cipher.blind_index(OLD, "KGZ", "AN1234567")
    assert (len(index), int(index, 16) > 0) == (64, True)
    assert index != cipher.blind_index(NEW, "KGZ", "AN1234567")
