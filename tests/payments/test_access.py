"""Whose charges somebody sees."""

import pytest
from django.http import Http404

from kabinet.payments.access import charge_for


def test_payer_school_district_and_centre_reach_the_charge(charge, aiperi, zhamal, daniyar, aida):
    assert [charge_for(who, charge.pk) for who in (aiperi, zhamal, daniyar, aida)] == [charge] * 4


def test_another_school_another_graduate_and_nonsense_get_the_same_404(charge, bakyt, aiperi):
    for who, key in [(bakyt, charge.pk), (aiperi, "0"), (aiperi, None)]:
        with pytest.raises(Http404):
            charge_for(who, key)
