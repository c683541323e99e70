"""One concept, one word: every model is in the glossary, under the French name that its own code gives it."""

import re
from pathlib import Path

import pytest
from django.apps import apps

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "glossary.md").read_text()
ROWS = {code: french for french, code in re.findall(r"^\| ([^|]+?) \| `(\w+)` \|", PAGE, re.MULTILINE)}
MODELS = [model for model in apps.get_models() if model.__module__.startswith("maillage.")]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model_is_in_the_glossary_under_its_french_name(model):
    assert ROWS.get(model.__name__, "").casefold() == str(model._meta.verbose_name).casefold()


def test_the_glossary_names_nothing_twice():
    names = re.findall(r"^\| ([^|]+?) \| `\w+` \|", PAGE, re.MULTILINE)
    assert len(names) == len(set(names))
