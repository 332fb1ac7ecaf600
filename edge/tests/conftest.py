"""What tests of several rooms begin with."""

import hypothesis
import nfc
import pytest
from farm_edge.reader.nfc import NfcReader
from farm_edge.virtual import VirtualField
from sync_server import Village

#: a busy machine is no reason to fail
hypothesis.settings.register_profile(
    "edge", suppress_health_check=[hypothesis.HealthCheck.too_slow], deadline=None
)
hypothesis.settings.load_profile("edge")


@pytest.fixture(scope="session")
def field_process():
    """One process for all tests; what they break, ``field`` mends."""
    with VirtualField() as field:
        yield field


@pytest.fixture
def field(field_process):
    """A field with nothing in it and nothing wrong."""
    for name in field_process.state()["lying"]:
        field_process.take(name)
    field_process.break_()
    field_process.slow(0)
    field_process.frames()
    return field_process


@pytest.fixture
def reader(field):
    """nfcpy at the field."""
    reader = NfcReader(field.path, patience=1)  # a lost answer costs that
    reader.open()
    yield reader
    reader.close()


@pytest.fixture
def frontend(field):
    """nfcpy without our handling; but it is patient, as this machine may be busy."""
    with nfc.ContactlessFrontend(field.path) as frontend:
        exchange = frontend.exchange

        def patient(frame, timeout):
            is_silent = frame[0] == 0x1A
            return exchange(frame, timeout if is_silent else max(timeout, 1))

        frontend.exchange = patient
        yield frontend


@pytest.fixture
def village():
    """A server that is talked to."""
    village = Village()
    yield village
    village.close()
