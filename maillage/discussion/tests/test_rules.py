import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from maillage.discussion.rules import check_called, check_edit, may_still_edit

AT = dt.datetime(2026, 11, 25, 10, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("minutes", "withdrawn", "allowed"), [(0, False, True), (59, False, True), (60, False, False), (0, True, False)]
)
def test_a_comment_is_changed_for_an_hour(minutes, withdrawn, allowed):
    now = AT + dt.timedelta(minutes=minutes)
    assert may_still_edit(AT, now, withdrawn=withdrawn) is allowed
    if not allowed:
        with pytest.raises(ValidationError):
            check_edit(AT, now, withdrawn=withdrawn)


def test_who_could_not_read_is_named():
    check_called([])
    with pytest.raises(ValidationError, match="Anne Lacoste, Paul Rey ne pourrait"):
        check_called(["Paul Rey", "Anne Lacoste"])
