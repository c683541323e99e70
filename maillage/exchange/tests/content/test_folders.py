"""A folder comes in: nothing before the yes, all or nothing, undone in one click; a bad one is refused by its lines."""

import datetime as dt
import io
import zipfile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from maillage.access.roles import Role
from maillage.discussion.models import Comment, Watch
from maillage.discussion.operations import add_comment
from maillage.exchange.content.collecting import collect
from maillage.exchange.content.gathering import UnreadableFolder, files_of_archive, files_of_folder
from maillage.exchange.content.judging import read_content
from maillage.exchange.content.writing import write_files
from maillage.exchange.operations.folders import content_for, load_folder, read_folder, undo_folder
from maillage.exchange.tests.content.full_plan import full_plan
from maillage.exchange.tests.workbook.building import archive
from maillage.journal.models import Entry
from maillage.network.models import Contact, Organization
from maillage.people.tests.factories import TerritoryFactory, member
from maillage.plan.models import Action, Convention, Goal, PlanImport, Scheme
from maillage.territories.models import Perimeter

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(territory):
    return write_files(collect(full_plan(territory)).content)


@pytest.fixture
def elsewhere(db):
    space = TerritoryFactory(slug="ailleurs")
    return space, member(space)


def everything(space):
    return [
        list(model.objects.filter(territory=space).order_by("pk").values())
        for model in (Convention, Goal, Action, Organization, Contact, Scheme, Perimeter)
    ]


def test_reading_touches_nothing_loading_brings_everything_and_undoing_takes_it_back(files, elsewhere):
    space, by = elsewhere
    Perimeter.objects.filter(territory=space).update(commune_codes=["32107"])
    before = everything(space)
    found = read_folder(space, files, "convention.zip", by=by)
    assert (found.problems, everything(space)) == ([], before)
    convention = load_folder(found, by=by)
    assert write_files(collect(convention).content) == files
    assert Entry.objects.filter(territory=space, verb="plan.import").count() == 1
    with pytest.raises(ValidationError, match="déjà chargé"):
        load_folder(found, by=by)
    undo_folder(found, by=by)
    after = everything(space)
    assert after[:-1] == before[:-1]
    assert [row["commune_codes"] for row in after[-1]] == [["32107"]]
    assert Entry.objects.filter(territory=space, verb="plan.import").count() == 2


def test_a_space_that_works_already_keeps_its_perimeters_and_its_partners(files, elsewhere):
    space, by = elsewhere
    Perimeter.objects.filter(territory=space).update(commune_codes=["32107"])
    Convention.objects.create(territory=space, title="La suivante", starts_on="2027-01-01", ends_on="2031-12-31")
    name = read_content(files)[0]["organizations"][0]["name"].upper()
    kept = Organization.objects.create(territory=space, name=name, siret="99999999999999")
    found = read_folder(space, files, "convention.zip", by=by)
    assert [problem["severity"] for problem in found.problems] == ["notice"]
    convention = load_folder(found, by=by)
    assert Perimeter.objects.get(territory=space).commune_codes == ["32107"]
    kept.refresh_from_db()
    assert kept.siret == "99999999999999"
    assert convention.signatories.filter(organization=kept).exists()
    undo_folder(found, by=by)
    assert Organization.objects.get(territory=space) == kept


def test_a_folder_is_refused_where_its_convention_already_stands(files, territory, coordinator):
    found = read_folder(territory, files, "convention.zip", by=coordinator)
    assert "prend déjà effet ce jour-là" in found.problems[0]["message"]
    with pytest.raises(ValidationError, match="encore des erreurs"):
        load_folder(found, by=coordinator)
    assert Convention.objects.count() == 1


def test_what_was_said_of_a_folder_goes_with_it(files, elsewhere):
    space, by = elsewhere
    found = read_folder(space, files, "convention.zip", by=by)
    convention = load_folder(found, by=by)
    for row in (convention, convention.actions.first(), convention.goals.first()):
        add_comment(row, "Un mot", by=by)
    undo_folder(found, by=by)
    assert not Comment.objects.exists() and not Watch.objects.exists()


def test_it_is_undone_within_a_week_only(files, elsewhere):
    space, by = elsewhere
    found = read_folder(space, files, "convention.zip", by=by)
    load_folder(found, by=by)
    PlanImport.objects.update(loaded_at=timezone.now() - dt.timedelta(days=8))
    with pytest.raises(ValidationError, match="sept jours"):
        undo_folder(found, by=by)


def test_only_the_team_takes_a_convention_away_or_brings_one_in(files, territory):
    convention = Convention.objects.get(territory=territory)
    for role in (Role.READER, Role.SIGNATORY, Role.ELECTED, Role.FIELD_ACTOR):
        with pytest.raises(PermissionDenied):
            content_for(convention, by=member(territory, role))
        with pytest.raises(PermissionDenied):
            read_folder(territory, files, "convention.zip", by=member(territory, role))


def changed(file, before, after):
    def change(files):
        text = files[file].decode()
        assert before in text, (file, before)
        files[file] = text.replace(before, after, 1).encode()

    return change


def without(file):
    return lambda files: files.pop(file)


def put(file, data):
    return lambda files: files.update({file: data})


ACTION = "actions/une-meme-action.yaml"


@pytest.mark.parametrize(
    ("fault", "file", "line", "words"),
    [
        (without("etapes.csv"), "etapes.csv", 0, "manque dans le dossier"),
        (put("plus.csv", b"a"), "plus.csv", 0, "n’est pas attendu"),
        (changed("etapes.csv", "vient_apres", "suite"), "etapes.csv", 1, "La colonne « vient_apres » manque."),
        (changed("etapes.csv", "2024-", "2024-13-"), "etapes.csv", 2, "n’est pas une date"),
        (changed("releves.csv", "2024-03", "2024-33"), "releves.csv", 2, "n’existe pas"),
        (changed("roles.csv", "une-meme-action;", "inconnue;"), "roles.csv", 2, "« inconnue » ne désigne rien"),
        (changed("roles.csv", "Finance\r", "Paie\r"), "roles.csv", 3, "« Paie » n’est pas dans la liste"),
        (changed("financements.csv", "€", "livres"), "financements.csv", 0, "« livres »"),
        (changed("niveaux.csv", "2;Objectif", "3;Objectif"), "niveaux.csv", 1, "se suivent depuis 1"),
        (changed("contacts.csv", "meme-nom-2", "meme-nom"), "contacts.csv", 0, "« meme-nom » est déjà dit"),
        (changed("convention.yaml", "format: 1", "format: 2"), "convention.yaml", 1, "plus récent"),
        (changed("convention.yaml", "format: 1\n", ""), "convention.yaml", 1, "version du format manque"),
        (changed("convention.yaml", "prend_fin_le: 2026", "prend_fin_le: 2021"), "convention.yaml", 1, "prend fin avant"),
        (changed("convention.yaml", "intitule:", "intitule: a\nintitule:"), "convention.yaml", 3, "écrit deux fois"),
        (changed("convention.yaml", "intitule:", "intitulé:"), "convention.yaml", 2, "n’est pas attendu"),
        (changed(ACTION, "poids:", "poids: &a [*a]\nx:"), ACTION, 0, "renvois"),
        (changed(ACTION, "rang: 1", "rang: [[[[[[[[1]]]]]]]]"), ACTION, 1, "emboîtées"),
        (changed(ACTION, "rang: 1", "rang: {"), ACTION, 0, "n’est pas du YAML"),
        (changed(ACTION, "etat: ", "etat: Finie # "), ACTION, 0, "« Finie » n’est pas dans la liste"),
        (put("notes.csv", "action;le\nété".encode("latin-1")), "notes.csv", 2, "UTF-8"),
        (put("notes.csv", b'action;le;intitule;qui_la_lit;note\na;"b'), "notes.csv", 2, "guillemet"),
        (put("notes.csv", b"action;le;intitule;qui_la_lit;note\na;b"), "notes.csv", 2, "2 cellules"),
        (changed("etapes.csv", "une-meme-action:2;", "une-meme-action:1;"), "etapes.csv", 0, "est déjà dit"),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_its_file_and_its_line(files, fault, file, line, words, elsewhere):
    space, by = elsewhere
    fault(files)
    _content, problems = read_content(files)
    said = [problem for problem in problems if problem.sheet == file and words in problem.message]
    assert said, problems
    assert not line or said[0].row == line
    found = read_folder(space, files, "convention.zip", by=by)
    assert found.draft == {}
    with pytest.raises(ValidationError, match="encore des erreurs"):
        load_folder(found, by=by)
    assert not Convention.objects.filter(territory=space).exists()


def test_a_step_never_comes_after_itself(files):
    lines = files["etapes.csv"].decode().split("\r\n")
    assert lines[2].endswith(":1")
    lines[1] = lines[1] + "une-meme-action:2"
    files["etapes.csv"] = "\r\n".join(lines).encode()
    assert "Cette étape viendrait après elle-même." in [problem.message for problem in read_content(files)[1]]


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ({"../convention.yaml": b"x"}, "sortirait du dossier"),
        ({"/etc/passwd": b"x"}, "sortirait du dossier"),
        ({"actions/../../x": b"x"}, "sortirait du dossier"),
        ({"c:\\x": b"x"}, "sortirait du dossier"),
        ({"convention.yaml": b"0" * (20 * 1024 * 1024)}, "démesuré"),
        ({f"{n}": b"" for n in range(5_001)}, "démesuré"),
    ],
)
def test_an_archive_that_reaches_outside_or_swells_is_not_opened(entries, words):
    with pytest.raises(UnreadableFolder, match=words):
        files_of_archive(archive(entries))


def test_an_archive_with_a_link_or_that_is_none_is_not_opened(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        link = zipfile.ZipInfo("convention.yaml")
        link.external_attr = 0o120777 << 16
        zipped.writestr(link, "/etc/passwd")
    with pytest.raises(UnreadableFolder, match="sortirait"):
        files_of_archive(out)
    with pytest.raises(UnreadableFolder, match="n’est pas une archive"):
        files_of_archive(io.BytesIO(b"PK\x03\x04 rien"))
    (tmp_path / "convention.yaml").symlink_to("/etc/hostname")
    with pytest.raises(UnreadableFolder, match="lien"):
        files_of_folder(tmp_path)


def test_the_page_reads_looks_loads_and_undoes(files, elsewhere, client):
    space, by = elsewhere
    client.force_login(by)
    sent = archive(files)
    sent.name = "convention.zip"
    answer = client.post(f"/espace/{space.slug}/convention/dossier/", {"file": sent}, follow=True)
    assert "Tout est lisible" in answer.content.decode()
    found = PlanImport.objects.get(territory=space)
    client.post(f"/espace/{space.slug}/convention/dossiers/{found.pk}/charger/")
    taken = client.get(f"/espace/{space.slug}/convention/dossier/emporter/")
    assert taken["Content-Type"] == "application/zip"
    assert files_of_archive(io.BytesIO(taken.content)) == files
    client.post(f"/espace/{space.slug}/convention/dossiers/{found.pk}/annuler/")
    assert not Convention.objects.filter(territory=space).exists()
