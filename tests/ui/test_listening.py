"""Without sign-in the server listens on this machine alone."""

import pytest

from dashboard.errors import ConfigurationError
from dashboard.ui.listening import refuse_strangers


@pytest.mark.parametrize("address", ["", "0.0.0.0", "::", "192.168.1.4", "example.org", "[::]"])
def test_any_other_address_is_refused_in_a_sentence(address: str) -> None:
    with pytest.raises(ConfigurationError, match=r"--server\.address=127\.0\.0\.1"):
        refuse_strangers(address)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.53", "localhost", "LOCALHOST", "::1", "[::1]"])
def test_this_machine_is_not(address: str) -> None:
    refuse_strangers(address)


@pytest.mark.parametrize("address", ["", "0.0.0.0", "example.org"])
def test_where_everybody_signs_in_it_may_listen_anywhere(address: str) -> None:
    refuse_strangers(address, sign_in=True)
