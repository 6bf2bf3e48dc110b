"""The child is bounded in time, memory and words; whatever a picture does, it does to its child only."""

import pytest

from kabinet.checks import eyes as room
from kabinet.checks.eyes import Eyes, Lost
from tests.checks import children
from tests.vault.pictures import jpeg


def test_one_child_answers_about_many_pictures(real_eyes):
    first = real_eyes.look("face", jpeg(1))
    child = real_eyes.pid
    assert real_eyes.look("face", jpeg(1)) == first
    assert real_eyes.look("identity", jpeg(1))["status"] == "none"
    assert real_eyes.pid == child


@pytest.mark.parametrize(
    "command",
    [children.HANGING, children.DYING, children.BABBLING],
    ids=["hangs", "dies", "babbles"],
)
def test_a_bad_child_is_killed_and_nobody_waits_for_it(monkeypatch, command):
    monkeypatch.setattr(room, "LOOK_SECONDS", 0.5)
    eyes = Eyes(command)
    eyes.open()
    child = eyes.pid
    with pytest.raises(Lost):
        eyes.look("face", jpeg())
    assert not children.is_alive(child)


@pytest.mark.parametrize("command", [children.ABSENT, children.SILENT], ids=["absent", "silent"])
def test_a_child_that_does_not_start_is_lost(monkeypatch, command):
    monkeypatch.setattr(room, "START_SECONDS", 1.0)
    with pytest.raises(Lost):
        Eyes(command).open()


def test_a_taken_over_child_gets_no_file_no_socket_and_no_memory():
    eyes = Eyes(children.TAKEN_OVER)
    eyes.open()
    with pytest.raises(Lost, match=r"^OSError OSError OSError MemoryError$"):
        eyes.look("face", jpeg())


def test_a_child_killed_from_outside_is_replaced(real_eyes):
    real_eyes.look("face", jpeg())
    killed = real_eyes._child
    killed.kill()
    killed.wait(20)
    assert real_eyes.look("face", jpeg())["rules"]
    assert real_eyes.pid != killed.pid


def test_an_orphan_ends_by_itself(real_eyes):
    """Its parent's end of the pipe is closed by the parent's death, however that came about."""
    real_eyes.look("face", jpeg())
    child = real_eyes._child
    child.stdin.close()
    assert child.wait(20) == 0
