"""The content of a convention, indexed: the rows that hang on each other, found by key."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import CharField, Value

from maillage.access.may import may
from maillage.exchange.content import Content, Row
from maillage.exchange.content.collecting import collect
from maillage.people.models import User
from maillage.plan.models import Convention, Note
from maillage.themes.models import TargetPublic, Theme


@dataclass(slots=True)
class Whole:
    """A content and its indexes. `action_keys` gives the key of an action from its number in the database, `words` the
    name of a theme or of a public from its identifier."""

    content: Content
    action_keys: dict[int, str]
    words: dict[str, str]
    _parts: dict[str, dict[str, list[Row]]] = field(default_factory=dict)
    _rows: dict[str, dict[str, Row]] = field(default_factory=dict)

    @property
    def convention(self) -> Row:
        return self.content["convention"][0]

    def row(self, table: str, key: str | None) -> Row | None:
        """The row of that key; None for no key."""
        if table not in self._rows:
            self._rows[table] = {row["key"]: row for row in self.content[table]}
        return self._rows[table][key] if key else None

    def name(self, table: str, key: str | None) -> str:
        """The name of a partner, a contact or a scheme; empty for none."""
        row = self.row(table, key)
        return row["name"] if row else ""

    def labels(self, slugs: list[str]) -> list[str]:
        """The names of themes or of publics, in their national order."""
        return [name for slug, name in self.words.items() if slug in slugs]

    def parts(self, table: str, key: str, parent: str = "action") -> list[Row]:
        """The rows of a table that hang on that key, in their order."""
        if table not in self._parts:
            grouped: dict[str, list[Row]] = defaultdict(list)
            for row in self.content[table]:
                grouped[row[parent] or ""].append(row)
            self._parts[table] = grouped
        return self._parts[table].get(key, [])

    def actions_of(self, goal: str | None) -> list[Row]:
        """The actions whose main goal it is, in the order of the plan; those without a goal for None."""
        return self.parts("actions", goal or "", parent="main_goal")

    def goals_under(self, goal: str | None) -> list[Row]:
        return self.parts("goals", goal or "", parent="parent")

    def ancestors(self, goal: str | None) -> list[Row]:
        """From the top goal down to this one."""
        path: list[Row] = []
        while row := self.row("goals", goal):
            path.insert(0, row)
            goal = row["parent"]
        return path

    def walk(self, goal: str | None = None) -> Iterator[Row]:
        """Every goal, each followed by those under it."""
        for row in self.goals_under(goal):
            yield row
            yield from self.walk(row["key"])


def whole_of(convention: Convention, *, reader: User) -> Whole:
    """What this person may read of a convention: notes internal to the team are for the team only. Two queries."""
    collected = collect(convention)
    content = readable(collected.content, team=may(reader, "note.team", convention))
    keys = [row["key"] for row in content["actions"]]
    return Whole(content, dict(zip(collected.numbers["actions"], keys, strict=True)), words())


def readable(content: Content, *, team: bool) -> Content:
    """The content without what is the team's own: its notes, and the addresses of contacts in one list."""
    if team:
        return content
    return {
        **content,
        "notes": [row for row in content["notes"] if row["audience"] != Note.Audience.TEAM],
        "contacts": [{**row, "email": "", "phone": ""} for row in content["contacts"]],
    }


def words() -> dict[str, str]:
    """Identifier → name of the themes, then of the publics."""
    themes = Theme.objects.values_list(Value("t", CharField()), "position", "slug", "name")
    publics = TargetPublic.objects.values_list(Value("u", CharField()), "position", "slug", "name")
    rows = themes.order_by().union(publics.order_by(), all=True)
    return {slug: name for _kind, _position, slug, name in sorted(rows)}
