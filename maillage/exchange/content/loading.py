"""A content into a territory, in batches, inside the transaction of the import that calls it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, cast

from django.db import models

from maillage.exchange.content import Content, Row
from maillage.exchange.content.collecting import LINKS
from maillage.exchange.content.schema import BY_NAME, TABLES, Kind, Table
from maillage.network.models import Contact, Organization
from maillage.plan.models import Action, ActionGoal, Convention, Milestone, PlanImport, Scheme
from maillage.territories.models import Perimeter, Territory
from maillage.themes.models import TargetPublic, Theme

BATCH = 500


class ContentLoader:
    """Writes one content into a territory; `created` keeps the numbers of what it brought, so that it can be undone."""

    def __init__(self, territory: Territory, plan_import: PlanImport | None = None) -> None:
        self.territory = territory
        self.plan_import = plan_import
        self.rows: dict[str, dict[str, Any]] = defaultdict(dict)
        self.created: dict[str, list[int]] = {}
        self.convention: Convention

    def load(self, content: Content, *, perimeters: bool) -> Convention:
        """`perimeters` says whether those of the content take the place of the territory's."""
        for table in TABLES:
            if table.name != "perimeters":
                self._load(table, content[table.name])
        self._link(content)
        if perimeters:
            self._take_perimeters(content["perimeters"])
        return self.convention

    def _load(self, table: Table, rows: list[Row]) -> None:
        known = self._known(table)
        fresh: list[models.Model] = []
        ranks: dict[Any, int] = defaultdict(int)
        for row in rows:
            ranks[row.get(table.parent)] += 1
            found = known.get(_name_of(table, row, self))
            if found is None:
                found = self._built(table, row, ranks[row.get(table.parent)])
                if table.name in {"goals", "convention"}:
                    found.save()  # a goal needs the number of its parent
                else:
                    fresh.append(found)
            if table.key:
                self.rows[table.name][row[table.key]] = found
            if table.name == "convention":
                self.convention = cast(Convention, found)
        table.model._default_manager.bulk_create(fresh, batch_size=BATCH)
        self.created[table.name] = [int(row.pk) for row in fresh]

    def _known(self, table: Table) -> dict[Any, models.Model]:
        """Partners, contacts and schemes that the territory has already: they are found again, not changed."""
        if table.model not in {Organization, Contact, Scheme}:
            return {}
        rows = table.model._default_manager.filter(territory=self.territory)
        return {(row.name.lower(), getattr(row, "organization_id", None)): row for row in rows}

    def _built(self, table: Table, row: Row, rank: int) -> models.Model:
        values: dict[str, Any] = {}
        for column in table.columns:
            if column.kind in {Kind.KEY, Kind.REFS, Kind.SLUGS} or column.field in {"main_goal", "depends_on"}:
                continue
            value = row[column.field]
            if column.kind == Kind.REF:
                values[column.field] = self.rows[column.to][value] if value else None
            else:
                values[column.field] = table.model_field(column).to_python(value)
        return table.model(**values | self._home(table, row, values, rank))

    def _home(self, table: Table, row: Row, values: dict[str, Any], rank: int) -> dict[str, Any]:
        """What a row does not say itself: where it belongs, its rank, the import that brought it."""
        names = {field.name for field in table.model._meta.fields}
        home: dict[str, Any] = {}
        if "territory" in names:
            home["territory"] = self.territory
        if "convention" in names:
            home["convention"] = self.convention
        if "position" in names and "position" not in row:
            home["position"] = rank
        if "imported_in" in names:
            home["imported_in"] = self.plan_import
        if table.name == "goals":
            home["depth"] = values["parent"].depth + 1 if values["parent"] else 1
        return home

    def _link(self, content: Content) -> None:
        """The lists of rows: themes, publics, schemes, goals, and what comes after what."""
        owners = {"convention": [self.convention], "actions": list(self.rows["actions"].values())}
        lists: dict[str, dict[str, models.Model]] = {
            "themes": {row.slug: row for row in Theme.objects.all()},
            "publics": {row.slug: row for row in TargetPublic.objects.all()},
            "schemes": self.rows["schemes"],
        }
        for (table, name), (model, owner, _home, target) in LINKS.items():
            pairs = zip(owners[table], content[table], strict=True)
            if name == "goals":
                self._bulk(model, (link for action, row in pairs for link in self._goals(action, row)))
            else:
                field = target.removesuffix("__slug")
                self._bulk(model, (
                    model(**{owner: one, field: lists[name][word]}) for one, row in pairs for word in row[name]
                ))  # fmt: skip
        milestones = self.rows["milestones"]
        later = [row for row in content["milestones"] if row["depends_on"]]
        for row in later:
            milestones[row["key"]].depends_on = milestones[row["depends_on"]]
        Milestone.objects.bulk_update([milestones[row["key"]] for row in later], ["depends_on"], batch_size=BATCH)

    def _goals(self, action: Action, row: Row) -> list[ActionGoal]:
        goals = self.rows["goals"]
        main = [ActionGoal(action=action, goal=goals[row["main_goal"]], is_main=True)] if row["main_goal"] else []
        return main + [ActionGoal(action=action, goal=goals[key]) for key in row["other_goals"]]

    @staticmethod
    def _bulk(model: Any, rows: Iterable[Any]) -> None:
        model.objects.bulk_create(list(rows), batch_size=BATCH)

    def _take_perimeters(self, rows: list[Row]) -> None:
        Perimeter.objects.filter(territory=self.territory).delete()
        table = BY_NAME["perimeters"]
        self._bulk(Perimeter, (self._built(table, row, rank) for rank, row in enumerate(rows)))


def _name_of(table: Table, row: Row, loader: ContentLoader) -> Any:
    """By what a partner, a contact or a scheme is known in a territory; None for what is never found again."""
    if table.model not in {Organization, Contact, Scheme}:
        return None
    organization = row.get("organization")
    return row["name"].lower(), loader.rows["organizations"][organization].pk if organization else None
