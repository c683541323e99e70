"""Whatever two people do to one sheet at once, nothing typed is lost and nothing stored is written over unseen."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.people.tests.factories import TerritoryFactory, member
from maillage.plan.models import Action
from maillage.plan.tests.factories import ActionFactory, ConventionFactory
from maillage.plan.tests.test_two_editors import Editor, section
from maillage.themes.models import Theme

pytestmark = pytest.mark.django_db

FIELDS = {
    "title": st.sampled_from(["Accueillir", "Ouvrir", "Relier"]),
    "number": st.sampled_from(["", "1", "2"]),
    "themes": st.lists(st.sampled_from([0, 1]), unique=True).map(sorted),
    "communes": st.lists(st.sampled_from(["32016", "32038"]), unique=True).map(sorted),
}
#: What a form calls a field, and what the row calls it.
STORED = {"communes": "commune_codes"}
WHO = st.sampled_from([0, 1])
OPENS = st.tuples(WHO, st.just("open"), st.just({}), st.just({}))
SENDS = st.tuples(
    WHO,
    st.just("send"),
    st.fixed_dictionaries({}, optional=FIELDS),
    st.fixed_dictionaries({}, optional={name: st.sampled_from(["mine", "theirs"]) for name in FIELDS}),
)


def now(action):
    """What the sheet holds, as a form gives it."""
    fresh = Action.objects.get(pk=action.pk)
    return {
        "title": fresh.title,
        "number": fresh.number,
        "themes": sorted(theme.pk for theme in fresh.themes.all()),
        "communes": sorted(fresh.commune_codes),
    }


def on_page(editor):
    return {
        name: sorted(editor.data.get(name, [])) if name in {"themes", "communes"} else editor.data.get(name, "")
        for name in FIELDS
    }


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(st.lists(OPENS | SENDS, min_size=2, max_size=12))
def test_nothing_typed_is_lost_and_nothing_unseen_is_written_over(db, acts):
    themes = list(Theme.objects.order_by("pk")[:2])
    territory = TerritoryFactory()
    action = ActionFactory(convention=ConventionFactory(territory=territory), title="Accueillir")
    url = section(action, "identite")
    editors = [Editor(member(territory)).open(url) for _ in range(2)]
    began = [on_page(editor) for editor in editors]  # what her page first showed
    seen = [{name: [value] for name, value in page.items()} for page in began]  # all that she was shown since

    for who, act, typed, choices in acts:
        editor = editors[who]
        if act == "open":
            editor.data = {}
            editor.open(url)
            began[who] = on_page(editor)
            seen[who] = {name: [value] for name, value in began[who].items()}
            continue
        typed = {name: [themes[i].pk for i in value] if name == "themes" else value for name, value in typed.items()}
        choices = {f"garde-{STORED.get(name, name)}": choice for name, choice in choices.items()}
        before = now(action)
        answer = editor.send(**typed, **choices)
        after = now(action)
        wanted = on_page(editor) | typed
        if answer.status_code == 200:
            assert after == before, "a page that comes back has stored nothing"
            form = answer.context["form"]
            for name, value in wanted.items():
                shown = form[name].value() or type(value)()
                assert (
                    sorted(type(value[0])(item) for item in shown) if value and isinstance(value, list) else shown
                ) == value
            for row in form.clashes:
                seen[who][row["field"].name].append(before[row["field"].name])
            continue
        for name, value in wanted.items():
            chose_theirs = (editor.data | choices).get(f"garde-{STORED.get(name, name)}") == "theirs"
            if value != began[who][name] and not chose_theirs:
                assert after[name] == value, "what she typed is stored"
            if after[name] != before[name]:
                assert before[name] in seen[who][name], "what she never saw is not written over"
        editor.data = {}
        editor.open(url)
        began[who] = on_page(editor)
        seen[who] = {name: [value] for name, value in began[who].items()}
