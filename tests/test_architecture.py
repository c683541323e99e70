"""The shape of the code, checked: what `docs/` and CONTRIBUTING promise and the import contract cannot see."""

import ast
import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from maillage.access.docs import permissions_page

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = ROOT / "maillage"
TOO_LONG = 400
FORBIDDEN_NAMES = {"core", "common", "utils", "helpers", "services", "api"}
#: Every module of verbs; what only serves them (`editing`, `loading`) asks nothing of anybody.
OPERATIONS = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in [*PRODUCT.glob("*/operations.py"), *PRODUCT.glob("*/operations/*.py")]
    if path.stem not in {"__init__", "editing", "loading", "undoing"}
)
#: The one who holds a secret letter asks for herself; reading a draft asks nothing of the plan.
WITHOUT_ASKER = {"accept_invitation", "hand_over", "propose_news", "read_for"}
VERBS = re.compile(
    r"^(add|amend|attach|change|choose|close|copy|create|delete|edit|end|give|invite|load|move|name|open|read|remove|send|stop|undo)_"
)

#: Whatever its name, what writes the journal or asks a permission is done by somebody.
WRITES = re.compile(r"\b(record|record_many|require)\(")


def sources(pattern):
    return [path for path in PRODUCT.rglob(pattern) if not {"migrations", "vendor", "data"} & set(path.parts)]


def test_no_file_is_too_long():
    long = {str(path.relative_to(ROOT)): size for path in [*sources("*.py"), *sources("*.js"), *sources("*.css"), *sources("*.html")]
            if (size := len(path.read_text().splitlines())) > TOO_LONG}  # fmt: skip
    assert long == {}


def test_the_map_of_the_readme_names_every_package_in_the_order_of_the_imports():
    contract = re.search(r"layers = \[(.*?)\]", (ROOT / "pyproject.toml").read_text(), re.DOTALL)
    layers = [name for name in re.findall(r'"([^"]+)"', contract.group(1)) if not name.startswith("(")]
    assert re.findall(r"^\| `(\w+)` \|", (ROOT / "README.md").read_text(), re.MULTILINE) == layers


def test_no_package_has_a_name_that_says_nothing():
    names = {path.stem for path in PRODUCT.rglob("*") if path.is_dir() or path.suffix == ".py"}
    assert names & FORBIDDEN_NAMES == set()


def test_nothing_speaks_by_signals():
    loud = [
        str(path)
        for path in sources("*.py")
        if re.search(r"django\.(db\.models|dispatch|core)\.?signals|@receiver", path.read_text())
    ]
    assert loud == []


def test_no_import_hides_inside_a_function():
    hidden = []
    for path in sources("*.py"):
        if path.name == "__main__.py" or "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                hidden += [
                    f"{path}:{inner.lineno}"
                    for inner in ast.walk(node)
                    if isinstance(inner, ast.Import | ast.ImportFrom)
                ]
    assert hidden == []


@pytest.mark.parametrize("module", OPERATIONS)
def test_every_operation_says_who_asks(module):
    found = import_module(module)
    verbs = [
        function
        for name, function in inspect.getmembers(found, inspect.isfunction)
        if function.__module__ == module and name not in WITHOUT_ASKER and not name.startswith("_")
        and (VERBS.match(name) or WRITES.search(inspect.getsource(function)))
    ]  # fmt: skip
    silent = [
        function.__name__ for function in verbs
        if "by" not in inspect.signature(function).parameters
    ]  # fmt: skip
    assert silent == []


def test_pages_hold_no_inline_style_no_inline_script_and_nothing_from_afar():
    wrong = []
    for path in sources("*.html"):
        text = path.read_text()
        mail = "mail" in path.parts
        found = re.findall(r'\sstyle="|\son[a-z]+="|<style|<script(?![^>]*\ssrc=)', text)
        found += re.findall(r'(?:src|href)="https?://[^"{]*"', text) if not mail else []
        wrong += [f"{path.relative_to(ROOT)}: {item}" for item in found]
    assert wrong == []


def test_views_stay_thin():
    fat = []
    for path in PRODUCT.rglob("views*/**/*.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > 32:
                fat.append(f"{path.relative_to(ROOT)}:{node.name}")
    assert fat == []


def test_no_committed_file_names_a_registry():
    locks = [
        ROOT / "requirements.lock",
        ROOT / "requirements-dev.lock",
        ROOT / "pyproject.toml",
        PRODUCT / "ui" / "vendor.toml",
    ]
    assert [path.name for path in locks if re.search(r"https?://", path.read_text())] == []


def test_the_page_of_permissions_says_what_the_tables_say():
    page = ROOT / "docs" / "permissions.md"
    assert page.read_text() == permissions_page(), "run: make permissions"


def test_every_capability_is_installed():
    packages = {path.name for path in PRODUCT.iterdir() if (path / "apps.py").exists()}
    assert packages == {config.label for config in apps.get_app_configs() if config.name.startswith("maillage.")}
