"""Names of files as they may be shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kabinet.vault.names import LONGEST, shown


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("паспорт.jpg", "паспорт.jpg"),
        ("/etc/passwd", "passwd"),
        ("C:\\Users\\Айпери\\фото 1.HEIC", "фото 1.HEIC"),
        ("..", ".."),
        ("", ""),
        ("a\r\nSet-Cookie: x\t.jpg", "aSet-Cookie: x.jpg"),
        ("фото\u202egpj.exe", "фотоgpj.exe"),
        ("справка\u00a0\u2003о   льготе.pdf", "справка о льготе.pdf"),
        ("я" * 200 + ".jpeg", "я" * 114 + "….jpeg"),
        ("я" * 200, "я" * 119 + "…"),
    ],
)
def test_a_name_is_one_short_line_without_a_path(name: str, expected: str) -> None:
    assert shown(name) == expected


@given(st.text(max_size=400))
def test_any_name_can_be_shown(name: str) -> None:
    line = shown(name)
    assert len(line) <= LONGEST
    assert not set(line) & set("/\\\r\n\t\0")
    assert shown(line) == line
