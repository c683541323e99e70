"""How the actions of a plan spread over places, themes and partners. An action counts once in each that it concerns."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from maillage.network.models import Organization
from maillage.people.spaces import today
from maillage.plan.models import Action, ActionPartner, Convention, Funding
from maillage.plan.queries.actions import ActionRow, actions_of
from maillage.plan.rules.classes import class_of, classes_of
from maillage.plan.rules.money import Total
from maillage.plan.rules.progress import summary
from maillage.plan.vocabulary import ActionState
from maillage.territories.areas import UnknownArea, commune_of_any_year
from maillage.territories.outlines import Drawing, Shape, drawing_of, set_apart
from maillage.territories.queries import perimeter_of
from maillage.themes.models import Theme

#: Actions named under one place or theme; the table has them all.
NAMED = 8
#: More communes than this and their names cover the map: the counts alone are printed.
NAMED_COMMUNES = 30
#: The map stands beside its table: half a page, so that its letters stay readable.
MAP_WIDTH = 460


@dataclass(slots=True)
class Spread:
    """One commune or theme: `key` is its value in the address, `rows` its actions in the order of the plan."""

    key: str
    name: str
    rows: list[ActionRow] = field(default_factory=list)

    @property
    def size(self) -> int:
        return len(self.rows)

    @property
    def counts(self) -> list[tuple[ActionState, int]]:
        """Every state, in order, with its number of actions."""
        return [(state, sum(1 for row in self.rows if row.state == state)) for state in ActionState]

    @property
    def named(self) -> list[ActionRow]:
        return self.rows[:NAMED]

    @property
    def unnamed(self) -> int:
        return max(len(self.rows) - NAMED, 0)

    @property
    def summary(self) -> str:
        return summary(self.rows)


@dataclass(frozen=True, slots=True)
class Place:
    """A commune on the map, with the rank of its class."""

    shape: Shape
    spread: Spread
    rank: int


@dataclass(frozen=True, slots=True)
class Map:
    drawing: Drawing
    places: list[Place]
    classes: list[tuple[int, int]]
    is_named: bool


@dataclass(frozen=True, slots=True)
class Communes:
    """`everywhere`: actions for the whole territory. `outside`: communes that are no longer of the perimeter."""

    inside: list[Spread]
    outside: list[Spread]
    everywhere: Spread
    map: Map | None


def communes_of(convention: Convention, rows: list[ActionRow]) -> Communes:
    """Two queries: the perimeter of the day, and the communes of each action."""
    perimeter = perimeter_of(convention.territory, on=today())
    inside = {code: Spread(code, _name(code)) for code in (perimeter.commune_codes if perimeter else [])}
    outside: dict[str, Spread] = {}
    everywhere = Spread("", "Tout le territoire")
    named = dict(actions_of(convention).exclude(commune_codes=[]).values_list("id", "commune_codes"))
    for row in rows:
        codes = named.get(row.id) or []
        if not codes:
            everywhere.rows.append(row)
        for code in dict.fromkeys(codes):
            home = inside.get(code) or outside.setdefault(code, Spread(code, _name(code)))
            home.rows.append(row)
    by_name = sorted(inside.values(), key=lambda spread: spread.name)
    return Communes(by_name, sorted(outside.values(), key=lambda spread: spread.name), everywhere, _map(by_name))


def _name(code: str) -> str:
    try:
        return commune_of_any_year(code).name
    except UnknownArea:
        return code


def _map(spreads: list[Spread]) -> Map | None:
    """The communes with an outline, coloured by number of actions; None when none has one."""
    by_code = {spread.key: spread for spread in spreads}
    drawing = drawing_of(by_code, MAP_WIDTH)
    if not drawing.shapes:
        return None
    is_named = len(spreads) <= NAMED_COMMUNES
    labels = {code: f"{spread.name} 00" if is_named else "00" for code, spread in by_code.items()}
    classes = classes_of(spread.size for spread in spreads)
    places = [
        Place(shape, by_code[shape.code], class_of(by_code[shape.code].size, classes) + (classes[0] != (0, 0)))
        for shape in set_apart(drawing.shapes, labels)
    ]
    return Map(drawing, places, classes, is_named)


def themes_of(convention: Convention, rows: list[ActionRow]) -> tuple[list[Spread], Spread]:
    """(themes that have actions, in the national order; actions without theme). Two queries."""
    themes = {theme.pk: Spread(theme.slug, theme.name) for theme in Theme.objects.all()}
    links: dict[int, list[int]] = {}
    through = Action.themes.through.objects.filter(action__convention=convention)
    for action_id, theme_id in through.values_list("action_id", "theme_id"):
        links.setdefault(action_id, []).append(theme_id)
    loose = Spread("", "Sans thème")
    for row in rows:
        for theme_id in links.get(row.id, []):
            themes[theme_id].rows.append(row)
        if row.id not in links:
            loose.rows.append(row)
    return [spread for spread in themes.values() if spread.size], loose


@dataclass(slots=True)
class Share:
    """What one partner does in the plan: actions led, joined by role, funded; euros and working time apart."""

    id: int
    name: str
    kind: str
    is_example: bool
    led: set[int] = field(default_factory=set)
    joined: dict[str, set[int]] = field(default_factory=dict)
    funded: set[int] = field(default_factory=set)
    euros: Total = Total()
    fte: Total = Total()

    @property
    def actions(self) -> set[int]:
        return self.led.union(self.funded, *self.joined.values())

    @property
    def all_joined(self) -> set[int]:
        return set().union(*self.joined.values())

    @property
    def roles(self) -> list[tuple[str, int]]:
        """« Met en œuvre » → 3, in the order of the roles."""
        return [(role.label, len(self.joined[role])) for role in ActionPartner.Role if self.joined.get(role)]


def partners_of(convention: Convention, leads: Mapping[int, int | None]) -> tuple[list[Share], int]:
    """(partners that do something, the most engaged first; how many of the address book do nothing). Three queries.

    `leads` maps each action that is kept to the partner that leads it.
    """
    shares = {
        row.pk: Share(row.pk, row.name, row.get_kind_display(), row.is_example)
        for row in Organization.objects.filter(territory_id=convention.territory_id)
    }
    for action_id, partner in leads.items():
        if partner:
            shares[partner].led.add(action_id)
    links = ActionPartner.objects.filter(action__convention=convention)
    for action_id, partner, role in links.values_list("action_id", "organization_id", "role"):
        if action_id in leads:
            shares[partner].joined.setdefault(role, set()).add(action_id)
    for line in Funding.objects.filter(action__convention=convention):
        if line.action_id in leads:
            share = shares[line.funder_id]
            share.funded.add(line.action_id)
            if line.unit == Funding.Unit.EURO:
                share.euros = share.euros.plus(line)
            else:
                share.fte = share.fte.plus(line)
    engaged = [share for share in shares.values() if share.actions]
    engaged.sort(key=lambda share: (-len(share.actions), share.name.casefold()))
    return engaged, len(shares) - len(engaged)
