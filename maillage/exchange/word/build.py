# ruff: noqa: E501 (a tag of a template is written on one line)
# mypy: disable-error-code="func-returns-value"
"""Makes our two Word templates, `action.docx` and `plan.docx`: for maintainers, `python -m maillage.exchange.word.build`.

The tags are those of docxtpl: `{{ field }}`, `{%p … %}` alone in its paragraph, `{%tr … %}` alone in its row.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

HERE = Path(__file__).resolve().parent
FONT = "Arial"
WOAD, NIGHT, INK, GREY = (RGBColor.from_string(code) for code in ("1B4F6D", "0D2B3C", "15252D", "44565E"))
WELL, LINE = "E9EFEE", "D3DCDC"
#: Columns of figures, written against the right edge.
FIGURES = ("Prévu", "Obtenu", "Dépensé", "Départ", "Aujourd’hui", "Cible")
Document = Any


def build() -> None:
    action = _blank("{{ numero }} {{ titre|truncate(200) }}", "Fiche action, éditée le {{ edite_le }}")
    _action(action, "", [1, 2])
    action.save(HERE / "action.docx")
    plan = _blank("{{ convention }}", "Plan d’action, édité le {{ edite_le }}")
    _cover(plan)
    _goals(plan)
    plan.save(HERE / "plan.docx")


def _blank(title: str, foot: str) -> Document:
    document = docx.Document()
    document.core_properties.title = title
    document.core_properties.author = "Maillage"
    document.core_properties.comments = ""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)
    _styles(document)
    _line(section.header.paragraphs[0], "{{ territoire }} · {{ convention }}")
    footer = section.footer.paragraphs[0]
    _line(footer, foot)
    footer.paragraph_format.tab_stops.clear_all()
    footer.paragraph_format.tab_stops.add_tab_stop(Cm(17), WD_TAB_ALIGNMENT.RIGHT)
    footer.add_run("\t")
    _field(footer, "PAGE")
    footer.add_run(" / ")
    _field(footer, "NUMPAGES")
    return document


def _styles(document: Document) -> None:
    normal = document.styles["Normal"]
    _font(normal, 10.5, INK)
    normal.paragraph_format.space_after = Pt(4)
    normal.paragraph_format.line_spacing = 1.15
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "fr-FR")
    normal.element.get_or_add_rPr().append(language)
    sizes = (("Heading 1", 20, INK), ("Heading 2", 14, WOAD), ("Heading 3", 12.5, INK), ("Heading 4", 10.5, WOAD))
    for name, size, colour in sizes:
        style = document.styles[name]
        _font(style, size, colour, bold=True)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(size * 0.8), Pt(4)
        style.paragraph_format.keep_with_next = True
    for name, size, colour, bold in (("Title", 28, RGBColor(255, 255, 255), True), ("Sur-titre", 10, WOAD, True),
                                     ("Discret", 9, GREY, False), ("Pastille", 10, NIGHT, True)):  # fmt: skip
        known = [style.name for style in document.styles]
        style = document.styles[name] if name in known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _font(style, size, colour, bold=bold)
        style.paragraph_format.space_after = Pt(4)
    border = document.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if border is not None:
        document.styles["Title"].element.pPr.remove(border)


def _font(style: Any, size: float, colour: RGBColor, *, bold: bool = False) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, False
    style.font.color.rgb = colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(theme), None)


def _line(paragraph: Any, words: str) -> None:
    paragraph.text = words
    paragraph.style = "Discret"


def _field(paragraph: Any, code: str) -> None:
    for kind in ("begin", None, "end"):
        run = paragraph.add_run()
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = f" {code} "
        run._r.append(part)


def _shade(cell: Any, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", colour)):
        shade.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _when(document: Document, condition: str, write: Callable[[], object], *, otherwise: Any = None) -> None:
    document.add_paragraph(f"{{%p if {condition} %}}")
    write()
    if otherwise:
        document.add_paragraph("{%p else %}")
        otherwise()
    document.add_paragraph("{%p endif %}")


def _table(
    document: Document, headers: Sequence[str], widths: Sequence[float], each: str, cells: Sequence[str]
) -> None:
    """A table whose header comes again on each page, and one row for each item of a list."""
    table = _grid(document, 4, widths)
    for cell, words in zip(table.rows[0].cells, headers, strict=True):
        _line(cell.paragraphs[0], words)
        if words in FIGURES:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        cell.paragraphs[0].runs[0].font.bold = True
        _shade(cell, WELL)
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    table.rows[1].cells[0].text = f"{{%tr for {each} %}}"
    for cell, words, header in zip(table.rows[2].cells, cells, headers, strict=True):
        cell.paragraphs[0].text = words
        cell.paragraphs[0].paragraph_format.space_after = Pt(2)
        if header in FIGURES:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    table.rows[3].cells[0].text = "{%tr endfor %}"
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _grid(document: Document, rows: int, widths: Sequence[float]) -> Any:
    table = document.add_table(rows, len(widths))
    table.autofit = False
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("w:val", "single"), ("w:sz", "4"), ("w:color", LINE)):
            line.set(qn(name), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)
    for place, width in enumerate(widths):
        table.columns[place].width = Cm(width)
        for row in table.rows:
            row.cells[place].width = Cm(width)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return table


def _facts(document: Document, pairs: Sequence[tuple[str, str, str]]) -> None:
    """Two columns, a row for each thing that is known: (condition, label, words)."""
    table = _grid(document, 3 * len(pairs), (4, 13))
    for rank, (condition, label, words) in enumerate(pairs):
        before, shown, after = table.rows[3 * rank : 3 * rank + 3]
        before.cells[0].text, after.cells[0].text = f"{{%tr if {condition} %}}", "{%tr endif %}"
        _line(shown.cells[0].paragraphs[0], label)
        shown.cells[0].paragraphs[0].runs[0].font.bold = True
        shown.cells[1].paragraphs[0].text = words
        for cell in shown.cells:
            _shade(cell, WELL)
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _action(document: Document, of: str, levels: Sequence[int]) -> None:
    """One action; `of` is what its fields begin with (« a. » inside the plan)."""
    above, below = levels[0], levels[-1]

    def heading(words: str) -> None:
        document.add_heading(words, below)

    def section(name: str, field: str) -> None:
        _when(document, f"{of}{field}", lambda: (heading(name), document.add_paragraph(f"{{{{ {of}{field} }}}}")))

    if not of:
        _when(document, "objectif", lambda: document.add_paragraph("{{ objectif }}", "Sur-titre"))
        document.add_heading("{{ numero }} {{ titre }}", above)
    said = [f"{{{{ {of}etat }}}}"]
    said += [f"{{% if {of}{name} %}} · {words}{{% endif %}}" for name, words in (
        ("retard", f"{{{{ {of}retard }}}}"), ("sante", f"{{{{ {of}sante }}}}"),
        ("priorite", f"Priorité {{{{ {of}priorite|lower }}}}"), ("ajoutee_en_cours", "Ajoutée en cours de plan"),
        ("exemple", "exemple"),
    )]  # fmt: skip
    document.add_paragraph("".join(said), "Pastille")
    _when(document, f"{of}motif_sante", lambda: document.add_paragraph(f"{{{{ {of}motif_sante }}}}", "Discret"))
    partners = f"{{% for p in {of}partenaires %}}{{{{ p.nom }}}} ({{{{ p.role }}}}){{% if not loop.last %}}, {{% endif %}}{{% endfor %}}"
    _facts(document, [
        (f"{of}prochaine_etape", "Prochain pas",
         f"{{{{ {of}prochaine_etape }}}}{{% if {of}prochaine_echeance %}}, avant le {{{{ {of}prochaine_echeance }}}}{{% endif %}}"),
        *((f"{of}{name}", label, f"{{{{ {of}{name} }}}}") for label, name in (
            ("Structure pilote", "structure_pilote"), ("Pilote", "pilote"), ("Élu référent", "elu_referent"))),
        (f"{of}partenaires", "Partenaires", partners),
        *((f"{of}{name}", label, f"{{{{ {of}{name} }}}}") for label, name in (
            ("Publics", "publics"), ("Thèmes", "themes"), ("Territoire", "communes"), ("Période", "periode"),
            ("Calendrier", "calendrier"), ("Participation", "participation"), ("Dispositifs liés", "dispositifs"),
            ("Budget prévisionnel total", "budget_total"), ("Temps de travail", "temps_de_travail"))),
        (f"{of}autres_objectifs", "Sert aussi", f"{{{{ {of}autres_objectifs|join(', ') }}}}"),
    ])  # fmt: skip
    for name, field in (("Besoin", "besoin"), ("Description", "description"), ("Objectifs", "objectifs"),
                        ("Résultats attendus", "resultats_attendus"), ("Moyens humains et techniques", "moyens_humains"),
                        ("Leviers", "leviers"), ("Freins", "freins")):  # fmt: skip
        section(name, field)
    _when(document, f"{of}indicateurs", lambda: (heading("Indicateurs"), _table(
        document, ["Indicateur", "Départ", "Aujourd’hui", "Cible", "Lecture"], (7, 2.2, 2.6, 2.2, 3),
        f"i in {of}indicateurs",
        ["{{ i.nom }}{% if i.unite %} ({{ i.unite }}){% endif %}", "{{ i.depart }}", "{{ i.aujourdhui }}", "{{ i.cible }}",
         "{{ i.lecture }}"])))  # fmt: skip
    section("Financements, en clair", "moyens_financiers")
    _when(document, f"{of}financements", lambda: (heading("Financement"), _table(
        document, ["Financeur", "Année", "Prévu", "Obtenu", "Dépensé"], (6.5, 1.9, 2.9, 2.9, 2.8),
        f"f in {of}financements",
        ["{{ f.financeur }}", "{{ f.annee }}", "{{ f.prevu }}", "{{ f.obtenu }}", "{{ f.depense }}"]),
        _when(document, f"{of}total_prevu", lambda: document.add_paragraph(
            f"En tout : {{{{ {of}total_prevu }}}} prévus, {{{{ {of}total_obtenu }}}} obtenus, {{{{ {of}total_depense }}}} dépensés.",
            "Discret"))))  # fmt: skip
    _when(document, f"{of}etapes", lambda: (heading(f"Étapes ({{{{ {of}etapes_faites }}}})"), _table(
        document, ["", "Étape", "Échéance"], (1, 11.5, 4.5), f"e in {of}etapes",
        ["{% if e.faite %}☑{% else %}☐{% endif %}", "{{ e.titre }}{% if e.qui %} ({{ e.qui }}){% endif %}",
         "{% if e.faite %}faite le {{ e.faite_le }}{% else %}{{ e.echeance }}{% endif %}"])))  # fmt: skip
    _when(document, f"{of}sous_actions", lambda: (heading("Sous-actions"), _table(
        document, ["Sous-action", "Qui", "État"], (9, 4.5, 3.5), f"s in {of}sous_actions",
        ["{{ s.titre }}", "{{ s.qui }}", "{{ s.etat }}"])))  # fmt: skip

    def notes() -> None:
        heading("Notes")
        document.add_paragraph(f"{{%p for n in {of}notes %}}")
        document.add_paragraph("{{ n.date }}{% if n.intitule %} · {{ n.intitule }}{% endif %}", "Discret")
        document.add_paragraph("{{ n.texte }}")
        document.add_paragraph("{%p endfor %}")

    _when(document, f"{of}notes", notes)


def _cover(document: Document) -> None:
    cell = document.add_table(1, 1).rows[0].cells[0]
    _shade(cell, "0D2B3C")
    cell.paragraphs[0].style, cell.paragraphs[0].text = (
        "Sur-titre",
        "Plan d’action · {{ territoire }}{% if exemple %} · exemple{% endif %}",
    )
    cell.add_paragraph("{{ convention }}", "Title")
    cell.add_paragraph("{{ periode }}{% if signee_le %}, signée le {{ signee_le }}{% endif %}", "Sur-titre")
    for paragraph in (cell.paragraphs[0], cell.paragraphs[2]):
        paragraph.runs[0].font.color.rgb = RGBColor(0xC4, 0xDA, 0xE7)
    cell.paragraphs[0].paragraph_format.space_before, cell.paragraphs[2].paragraph_format.space_after = Pt(18), Pt(18)
    for paragraph in cell.paragraphs:
        paragraph.paragraph_format.left_indent = Cm(0.6)
    document.add_paragraph()
    document.add_paragraph("{{ nombre_d_actions }}{% if resume %} : {{ resume }}{% endif %}", "Pastille")
    _when(document, "total_prevu", lambda: document.add_paragraph(
        "{{ total_prevu }} prévus, {{ total_obtenu }} obtenus, {{ total_depense }} dépensés"
        "{% if temps_de_travail %} ; {{ temps_de_travail }} de temps de travail{% endif %}", "Discret"))  # fmt: skip
    for name, field in (
        ("Enjeu central", "enjeu_central"),
        ("Présentation", "presentation"),
        ("Gouvernance", "gouvernance"),
    ):
        _when(document, field, partial(_part, document, name, field))
    _when(document, "signataires", lambda: (document.add_heading("Signataires et engagements", 1), _table(
        document, ["Signataire", "Signature", "Engagements"], (5, 3, 9), "s in signataires",
        ["{{ s.nom }}", "{{ s.signature_le }}",
         "{% for e in s.engagements %}{{ e.engagement }}{% if e.echeance %} (pour le {{ e.echeance }}){% endif %}"
         "{% if e.exemple %} (exemple){% endif %}{% if not loop.last %}\n{% endif %}{% endfor %}"])))  # fmt: skip
    _when(document, "objectifs", lambda: _contents(document))


def _part(document: Document, name: str, field: str) -> None:
    document.add_heading(name, 1)
    document.add_paragraph(f"{{{{ {field} }}}}")


def _contents(document: Document) -> None:
    heading = document.add_heading("Sommaire", 1)
    heading.paragraph_format.page_break_before = True
    document.add_paragraph("{%p for o in objectifs %}")
    paragraph = document.add_paragraph()
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), "{{ o.signet }}")
    run = paragraph.add_run("{{ o.numero }} {{ o.titre }}")
    run.font.color.rgb, run.font.underline = WOAD, True
    link.append(run._r)
    paragraph._p.append(link)
    paragraph.add_run(" ({{ o.nombre_d_actions }})").font.color.rgb = GREY
    document.add_paragraph("{%p endfor %}")


def _goals(document: Document) -> None:
    document.add_paragraph("{%p for o in objectifs %}")

    def title(level: int) -> None:
        above = document.add_paragraph(
            "{{ o.niveau }} {{ o.numero }} · {{ o.nombre_d_actions }}{% if o.exemple %} · exemple{% endif %}",
            "Sur-titre",
        )
        above.paragraph_format.page_break_before = level == 1
        above.paragraph_format.keep_with_next = True
        heading = document.add_heading("{{ o.numero }} {{ o.titre }}", level)
        for kind, where in (("w:bookmarkStart", 0), ("w:bookmarkEnd", None)):
            mark = OxmlElement(kind)
            mark.set(qn("w:id"), "{{ loop.index }}")
            if where is None:
                heading._p.append(mark)
            else:
                mark.set(qn("w:name"), "{{ o.signet }}")
                heading._p.insert(1, mark)

    _when(document, "o.profondeur == 1", lambda: title(1), otherwise=lambda: title(2))
    _when(document, "o.description", lambda: document.add_paragraph("{{ o.description }}"))
    _when(
        document,
        "o.qui_change",
        lambda: document.add_paragraph("{{ o.qui_change }} : {{ o.ce_que_l_on_voit }}", "Discret"),
    )
    _when(document, "o.marqueurs", lambda: _table(
        document, ["Niveau", "Marqueur de progrès", "Observé le"], (2.5, 11, 3.5), "m in o.marqueurs",
        ["{{ m.niveau }}", "{{ m.marqueur }}", "{{ m.observe_le }}"]))  # fmt: skip
    document.add_paragraph("{%p for a in o.actions %}")
    words = "{{ a.numero }} {{ a.titre }}"
    _when(document, "o.profondeur == 1", lambda: document.add_heading(words, 2),
          otherwise=lambda: document.add_heading(words, 3))  # fmt: skip
    _action(document, "a.", [2, 4])
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p if actions_sans_objectif %}")
    document.add_heading("Actions sans objectif", 1)
    document.add_paragraph("{%p for a in actions_sans_objectif %}")
    document.add_heading(words, 2)
    _action(document, "a.", [2, 4])
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endif %}")


if __name__ == "__main__":
    build()
