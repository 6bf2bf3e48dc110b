"""Two editors of one page: nothing that was acknowledged is overwritten unseen (trust.md, check 35)."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kabinet.exams.merging import mark, marks, merge

FIELDS = ("town", "street")
values = st.sampled_from(["", "Каракол", "Ош", "Нарын"])
editors = st.sampled_from(["graduate", "school"])
fields = st.sampled_from(FIELDS)


def raw(field, value):
    return {field: [value]} if value else {}


def test_disjoint_fields_join():
    stored = {"town": raw("town", "Ош")}
    merged = merge(seen={}, typed={"street": raw("street", "Манаса, 12")}, stored=stored)
    assert (merged.taken, merged.collided) == ({"street": raw("street", "Манаса, 12")}, ())


def test_the_same_field_changed_by_both_collides():
    merged = merge(
        seen=marks({}, FIELDS),
        typed={"town": raw("town", "Ош")},
        stored={"town": raw("town", "Каракол")},
    )
    assert (merged.taken, merged.collided) == ({}, ("town",))


def test_both_typing_the_same_is_no_collision():
    typed = {"town": raw("town", "Ош")}
    merged = merge(seen=marks({}, FIELDS), typed=typed, stored=typed)
    assert (merged.taken, merged.collided) == ({}, ())


def test_a_field_left_as_it_was_shown_never_takes_back_what_the_other_wrote():
    old = {"town": raw("town", "Ош")}
    merged = merge(seen=marks(old, FIELDS), typed=old, stored={"town": raw("town", "Каракол")})
    assert (merged.taken, merged.collided) == ({}, ())


def test_emptying_against_a_change_collides():
    old = {"town": raw("town", "Ош")}
    merged = merge(
        seen=marks(old, FIELDS), typed={"town": {}}, stored={"town": raw("town", "Каракол")}
    )
    assert merged.collided == ("town",)


def test_over_oneself_one_may_always_write():
    """The acknowledgement of the first letters got lost, and the next ones come with the old base."""
    merged = merge(
        seen=marks({}, FIELDS),
        typed={"town": raw("town", "Каракол")},
        stored={"town": raw("town", "Кара")},
        own=frozenset({"town"}),
    )
    assert merged.taken == {"town": raw("town", "Каракол")}


def test_the_mark_does_not_tell_an_absent_box_from_an_empty_one():
    assert mark({}) == mark({"town": [""]}) == mark({"town": []})


class TwoEditors(RuleBasedStateMachine):
    """Each editor has a page with what it shows and what was typed; saves and reloads interleave."""

    @initialize()
    def open_pages(self):
        self.stored = {}
        self.writers = {}
        self.pages = {}
        for editor in ("graduate", "school"):
            self.reload(editor)

    def reload(self, editor):
        self.pages[editor] = {
            "seen": dict(self.stored),
            "typed": {field: self.stored.get(field, {}) for field in FIELDS},
        }

    @rule(editor=editors)
    def reload_page(self, editor):
        self.reload(editor)

    @rule(editor=editors, field=fields, value=values)
    def type_value(self, editor, field, value):
        self.pages[editor]["typed"][field] = raw(field, value)

    @rule(editor=editors)
    def save(self, editor):
        page, before = self.pages[editor], dict(self.stored)
        merged = merge(
            seen=marks(page["seen"], FIELDS),
            typed=page["typed"],
            stored=self.stored,
            own=frozenset(field for field, who in self.writers.items() if who == editor),
        )
        for field in merged.taken:
            unseen = before.get(field, {}) != page["seen"].get(field, {})
            assert not (unseen and self.writers.get(field) not in (editor, None))
        for field in FIELDS:
            mine = page["typed"][field]
            wanted = mine != page["seen"].get(field, {})
            kept = merged.taken.get(field, before.get(field, {})) == mine
            assert kept or not wanted or field in merged.collided
        self.stored |= merged.taken
        self.writers |= dict.fromkeys(merged.taken, editor)
        page["seen"] = dict(self.stored)
        page["typed"] |= {
            field: self.stored.get(field, {}) for field in FIELDS if field not in merged.collided
        }

    @invariant()
    def only_typed_values_are_stored(self):
        known = {"", "Каракол", "Ош", "Нарын"}
        told = {value for raw_ in self.stored.values() for each in raw_.values() for value in each}
        assert told <= known


TestTwoEditors = TwoEditors.TestCase
TestTwoEditors.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
