"""The Word templates of a territory: which are in use, take one down, send one's own, go back to ours."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.exchange.forms import WordTemplateForm
from maillage.exchange.models import WordTemplate
from maillage.exchange.operations.word_templates import choose_template, drop_template
from maillage.exchange.out.fields import fields_of
from maillage.exchange.out.filling import template_of
from maillage.people.spaces import person, territory_for
from maillage.printing.answers import WORD, file_answer
from maillage.ui.answering import carried_out, done

VERB = "word_template.edit"


@require_safe
def word_templates(request: HttpRequest, slug: str) -> HttpResponse:
    territory = territory_for(request, slug, VERB)
    own = {row.kind: row for row in WordTemplate.objects.filter(territory=territory).select_related("uploaded_by")}
    rows = [(kind, label, own.get(kind)) for kind, label in WordTemplate.Kind.choices]
    return render(request, "exchange/word_templates.html", {"title": "Modèles Word", "rows": rows})


@require_http_methods(["GET", "POST"])
def word_template(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    territory = territory_for(request, slug, VERB)
    label = _label(kind)
    form = WordTemplateForm(request.POST or None, request.FILES or None)
    said = "Le modèle est en service. Exportez en Word pour voir le résultat."
    if carried_out(
        request, form, lambda: choose_template(territory, kind, form.cleaned_data["file"], by=person(request)), said
    ):
        return redirect("word_templates", slug)
    context = {"title": f"Modèle Word : {label}", "form": form, "kind": kind, "fields": fields_of(kind)}
    return render(request, "exchange/word_template.html", context)


@require_safe
def word_template_download(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    territory = territory_for(request, slug, VERB)
    _label(kind)
    return file_answer(template_of(territory, kind), f"modele-{kind}-{territory.slug}.docx", WORD)


@require_POST
def word_template_drop(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    territory = territory_for(request, slug, VERB)
    _label(kind)
    done(
        request,
        lambda: drop_template(territory, kind, by=person(request)),
        "Ce document suit de nouveau le modèle de Maillage.",
    )
    return redirect("word_templates", slug)


def _label(kind: str) -> str:
    if kind not in WordTemplate.Kind.values:
        raise Http404("Ce document n’a pas de modèle.")
    return WordTemplate.Kind(kind).label
