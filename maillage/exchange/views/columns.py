"""« Dites ce que contient chaque colonne »: a sheet whose headers are its own, described once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from maillage.exchange.forms import ColumnsForm
from maillage.exchange.models import HeldFile
from maillage.exchange.operations.columns import choose_columns, kept_choices
from maillage.exchange.views.finding import import_for
from maillage.exchange.workbook.choice import header_row_of, headers_at, proposed
from maillage.exchange.workbook.sheet import Sheet
from maillage.exchange.workbook.values import as_text
from maillage.people.spaces import person
from maillage.plan.models import PlanImport
from maillage.plan.views.action_edit import convention_or_404
from maillage.ui.answering import carried_out

SHOWN_VALUES, HEADER_ROWS = 3, 12


@require_http_methods(["GET", "POST"])
def import_columns(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    plan_import = import_for(request, slug, pk)
    held = HeldFile.objects.filter(plan_import=plan_import).select_related("plan_import__territory").first()
    if held is None or plan_import.state != PlanImport.State.READ:
        raise Http404("Ce fichier n’attend rien : ses colonnes sont connues.")
    looked = _looked_at(request, held)
    kept, already = kept_choices(plan_import.territory, looked.headers)
    fields = list(held.choice["fields"]) if looked.is_chosen(held) else looked.proposed(kept)
    convention = convention_or_404(plan_import.territory)
    form = ColumnsForm(
        request.POST or None,
        sheet=looked.sheet.name,
        header_row=looked.header_row,
        fields=fields,
        convention=convention,
    )
    said = "Les colonnes sont enregistrées : elles seront proposées pour le prochain fichier semblable."
    if carried_out(request, form, lambda: choose_columns(held, form.to_choice(), by=person(request)), said):
        return redirect("import", slug, pk)
    title = "Vérifiez ce qui a été reconnu" if looked.sheet.is_fiches else "Dites ce que contient chaque colonne"
    context = {"title": title, "import": plan_import, "form": form, "looked": looked, "already": already}
    return render(request, "exchange/columns.html", context | {"columns": looked.columns(form)})


@dataclass(frozen=True, slots=True)
class Looked:
    """The sheet one looks at, and the row taken for its header."""

    sheet: Sheet
    header_row: int
    names: list[str]

    @property
    def headers(self) -> list[str]:
        return headers_at(self.sheet, self.header_row)

    @property
    def header_rows(self) -> list[tuple[int, str]]:
        """The rows that may be the header: (number, its first words)."""
        return [
            (number, ", ".join(text for cell in cells if (text := as_text(cell.value)))[:70])
            for number, cells in self.sheet.rows[:HEADER_ROWS]
        ]

    @property
    def below(self) -> list[Any]:
        return [cells for number, cells in self.sheet.rows if number > self.header_row]

    def is_chosen(self, held: HeldFile) -> bool:
        chosen = held.choice or {}
        return (chosen.get("sheet"), chosen.get("header_row")) == (self.sheet.name, self.header_row)

    def values(self, place: int) -> list[str]:
        """What a column says, row after row, the empty ones left out."""
        return [text for cells in self.below if place < len(cells) and (text := as_text(cells[place].value))]

    def proposed(self, kept: Mapping[str, str]) -> list[str]:
        return proposed(self.headers, kept, {place: self.values(place) for place in range(len(self.headers))})

    def columns(self, form: ColumnsForm) -> list[dict[str, Any]]:
        """Each column: its header, how many rows fill it, its first values, and what to choose."""
        found = []
        for place, (header, field) in enumerate(zip(self.headers, form.columns, strict=True)):
            texts = self.values(place)
            values = list(dict.fromkeys(texts))[:SHOWN_VALUES]
            found.append({"header": header, "filled": len(texts), "values": values, "field": field, "rank": place + 1})
        return found


def _looked_at(request: HttpRequest, held: HeldFile) -> Looked:
    """The sheet and the header's row of the address, else those chosen before, else the likeliest."""
    names = [sheet["name"] for sheet in held.sheets]
    chosen = held.choice or {}
    name = request.GET.get("feuille") or chosen.get("sheet") or names[0]
    data = next((sheet for sheet in held.sheets if sheet["name"] == name), None)
    if data is None:
        raise Http404("Cette feuille n’existe pas dans le fichier.")
    sheet = Sheet.from_json(data)
    asked = request.GET.get("entete", "")
    numbers = [number for number, _ in sheet.rows[:HEADER_ROWS]]
    if asked.isdecimal() and int(asked) in numbers:
        return Looked(sheet, int(asked), names)
    is_same = chosen.get("sheet") == name
    return Looked(sheet, chosen["header_row"] if is_same else header_row_of(sheet), names)
