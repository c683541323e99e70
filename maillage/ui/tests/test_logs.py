import logging

import pytest

from maillage.ui.logs import WithoutSecrets, without_secrets

TOKEN = "vY3n-abcdefghijklmnopqrstuvwxyz_0123456789AB"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (f"Gone: /nouvelles/{TOKEN}/", "Gone: /nouvelles/…/"),
        (f"Gone: /nouvelles/{TOKEN}/passer-la-main/", "Gone: /nouvelles/…/passer-la-main/"),
        (f"Not Found: /calendrier/{TOKEN}.ics", "Not Found: /calendrier/…"),
        ("Not Found: /espace/gascogne-toulousaine/actions/12/", "Not Found: /espace/gascogne-toulousaine/actions/12/"),
    ],
)
def test_an_address_that_opens_something_is_written_without_its_end(written, kept):
    assert without_secrets(written) == kept


def test_the_arguments_of_a_message_are_read_too():
    record = logging.LogRecord(
        "django.request", logging.WARNING, "", 0, "%s: %s", ("Gone", f"/nouvelles/{TOKEN}/"), None
    )
    assert WithoutSecrets().filter(record) and record.getMessage() == "Gone: /nouvelles/…/"
