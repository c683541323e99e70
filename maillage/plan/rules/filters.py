"""What the address of a view of the plan asks for: which actions, in words that come back the same."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, Self
from urllib.parse import urlencode

from maillage.plan.vocabulary import ActionState, Health

LONGEST_WORDS = 100


class Gap(StrEnum):
    """What an action lacks."""

    LEAD = "pilote"
    INDICATOR = "indicateur"
    DATE = "date"
    NEWS = "nouvelles"


GAPS = {
    Gap.LEAD: "sans structure pilote",
    Gap.INDICATOR: "sans indicateur",
    Gap.DATE: "sans date",
    Gap.NEWS: "sans nouvelles depuis six mois",
}


class Query(Protocol):
    """What Django's QueryDict answers."""

    def getlist(self, key: str) -> list[str]: ...


#: The value as it is kept, or None for what cannot be one.
Reading = Callable[[str], str | None]


def one_of(values: Iterable[str]) -> Reading:
    known = frozenset(values)
    return lambda text: text if text in known else None


def an_id(text: str) -> str | None:
    return str(int(text)) if text.isascii() and text.isdigit() and int(text[:10]) > 0 and len(text) < 10 else None


def a_year(text: str) -> str | None:
    return text if text.isascii() and text.isdigit() and 2000 <= int(text[:5]) <= 2100 else None


def a_code(text: str) -> str | None:
    return text if text.isascii() and text.isalnum() and len(text) == 5 else None


def a_slug(text: str) -> str | None:
    return text if text and len(text) <= 60 and text.replace("-", "").replace("_", "").isalnum() else None


def some_words(text: str) -> str | None:
    kept = "".join(sign for sign in text if sign.isprintable() or sign.isspace())
    return " ".join(kept.split())[:LONGEST_WORDS].strip() or None


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of the address. Several values of one parameter widen (or); several parameters narrow (and)."""

    label: str
    read: Reading


PARAMETERS: dict[str, Parameter] = {
    "mots": Parameter("Mots", some_words),
    "etat": Parameter("État", one_of(ActionState.values)),
    "sante": Parameter("Santé", one_of(Health.values)),
    "retard": Parameter("En retard", one_of(["oui"])),
    "sans": Parameter("À compléter", one_of(Gap)),
    "objectif": Parameter("Objectif", an_id),
    "theme": Parameter("Thème", a_slug),
    "pilote": Parameter("Structure pilote", an_id),
    "elu": Parameter("Élu référent", an_id),
    "partenaire": Parameter("Partenaire", an_id),
    "financeur": Parameter("Financeur", an_id),
    "commune": Parameter("Commune", a_code),
    "annee": Parameter("Année", a_year),
    "ajoutee": Parameter("Ajoutée en cours de plan", one_of(["oui"])),
}


@dataclass(frozen=True)
class Asked:
    """The filter of an address. `pairs` are (parameter, value), in the order of the table, each once.

    `ignored` are the pairs that could not be understood, as they were written.
    """

    pairs: tuple[tuple[str, str], ...] = ()
    ignored: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    @classmethod
    def from_query(cls, query: Query) -> Self:
        pairs: list[tuple[str, str]] = []
        ignored: list[tuple[str, str]] = []
        for name, parameter in PARAMETERS.items():
            written = [text for text in query.getlist(name) if text.strip()]
            read = {text: parameter.read(text.strip()) for text in written}
            pairs += [(name, value) for value in sorted({value for value in read.values() if value})]
            ignored += [(name, text) for text, value in read.items() if value is None]
        return cls(tuple(pairs), tuple(ignored))

    def __bool__(self) -> bool:
        return bool(self.pairs)

    def values(self, name: str) -> list[str]:
        return [value for key, value in self.pairs if key == name]

    def ids(self, name: str) -> list[int]:
        return [int(value) for value in self.values(name)]

    def query(self) -> str:
        """« etat=ongoing&pilote=12 »: read again, it gives the same filter."""
        return urlencode(self.pairs)

    def without(self, name: str, value: str) -> Self:
        return type(self)(tuple(pair for pair in self.pairs if pair != (name, value)), self.ignored)

    def keeping(self, known: Callable[[str, str], bool]) -> Self:
        """The filter less the values that nobody knows here (a partner of elsewhere, a goal that was removed)."""
        kept = tuple(pair for pair in self.pairs if known(*pair))
        return type(self)(kept, self.ignored + tuple(pair for pair in self.pairs if pair not in kept))
