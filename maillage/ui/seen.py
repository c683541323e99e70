"""A form that carries what its reader saw, so that nobody writes over what somebody else stored meanwhile."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from maillage.ui.meanwhile import MINE, THEIRS, ChangedMeanwhile, Clash, Seen, mark

SALT = "maillage.seen"
#: The name under which a form sends back what its reader saw, and the choice of each clash.
TOKEN, CHOICE = "vu", "garde-"
#: What a person types by hand, and would have to type again.
TYPED = (forms.TextInput, forms.Textarea)


def row_key(row: models.Model) -> str:
    """« plan.action:12 »."""
    return f"{row._meta.label_lower}:{row.pk}"


def opened(token: str) -> dict[str, Any] | None:
    """What a token says, or nothing when it is not ours."""
    try:
        said: dict[str, Any] = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return said


class SeenForm:
    """For forms that edit a row: `remember` marks what they show, `seen` is what came back.

    `stands_for` says what a field fills on the row, where the two names differ.
    """

    stands_for: ClassVar[Mapping[str, str]] = {}
    _told: ChangedMeanwhile | None = None
    _row, _marks = "", {}  # type: ignore[var-annotated]

    def remember(self, row: models.Model, values: Mapping[str, Any]) -> None:
        """Marks the values of the row that the reader has before her eyes."""
        self._row = row_key(row)
        self._marks = {name: mark(value) for name, value in values.items()}

    @cached_property
    def _came_back(self) -> dict[str, Any] | None:
        form: Any = self
        token = form.data.get(form.add_prefix(TOKEN)) if form.is_bound else None
        if not token:
            return None
        # What is not ours, or of another row, is as if nothing had been seen: every difference is shown.
        said = opened(token)
        nothing = {"row": self._row, "at": timezone.now().isoformat(), "marks": {}, "clashes": []}
        return said if said and said["row"] == self._row else nothing

    @cached_property
    def seen(self) -> Seen | None:
        """What the reader saw when she began to write; None for a form that carried nothing."""
        said, form = self._came_back, self
        if said is None:
            return None
        asked = [clash["name"] for clash in said["clashes"]]
        chosen = {name: form.data.get(f"{CHOICE}{name}", "") for name in asked}  # type: ignore[attr-defined]
        return Seen(said["row"], dt.datetime.fromisoformat(said["at"]), said["marks"], frozenset(asked), chosen)

    @property
    def seen_name(self) -> str:
        form: Any = self
        return str(form.add_prefix(TOKEN))

    @property
    def seen_token(self) -> str:
        """What the page gives back with the form."""
        form: Any = self
        if self._told is None and self._came_back:
            return str(form.data[form.add_prefix(TOKEN)])
        if not self._row:
            return ""
        marks = self._marks
        if self._told:
            # Only the clashes are shown anew: of the rest, the page still shows what its reader first saw.
            shown = {name: mark(value) for name, value in self._told.stored.items()}
            marks = {**(self.seen.marks if self.seen else {}), **shown}
        said = {
            "row": self._row,
            "at": timezone.now().isoformat(),
            "marks": marks,
            "clashes": [asdict(clash) for clash in self._told.clashes] if self._told else [],
            "labels": {
                field.html_name: str(field.label) for field in form if isinstance(field.field.widget, TYPED)
            },
        }  # fmt: skip
        return signing.dumps(said, salt=SALT, compress=True)

    @property
    def clashes(self) -> list[dict[str, Any]]:
        """Each clash beside its field: what the page shows, and the choice made so far."""
        form: Any = self
        told: Iterable[Clash] = self._told.clashes if self._told else ()
        if not told and self._came_back and form.errors:
            told = [Clash(**clash) for clash in self._came_back["clashes"]]
        names = {filled: name for name, filled in self.stands_for.items()}
        chosen = self.seen.chosen if self.seen else {}
        return [
            {
                "clash": clash,
                "field": form[names.get(clash.name, clash.name)],
                "choice": f"{CHOICE}{clash.name}",
                "mine": chosen.get(clash.name) == MINE,
                "theirs": chosen.get(clash.name) == THEIRS,
            }
            for clash in told
        ]

    @property
    def clashing_names(self) -> list[str]:
        return [row["field"].name for row in self.clashes]

    def add_refusal(self, refusal: ValidationError) -> None:
        """A change of somebody else’s is no error of the reader’s: it is shown beside what she typed."""
        if isinstance(refusal, ChangedMeanwhile):
            self._told = refusal
        else:
            super().add_refusal(refusal)  # type: ignore[misc]
