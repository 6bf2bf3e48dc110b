import pytest

from kabinet.payments.actions import set_charge
from kabinet.payments.models import Charge


@pytest.fixture
def charge(aiperi, zhamal, school, application) -> Charge:
    """Aiperi owes 1 410 som: the main test and two subjects."""
    line = {"code": "main", "name": {"ru": "Основной тест", "ky": "", "en": ""}, "tyiyn": 141000}
    return set_charge(
        actor=aiperi,
        payer=aiperi,
        organisation=school,
        subject=application,
        amount=141000,
        lines=[line],
    )
