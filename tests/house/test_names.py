"""Names say what a thing is, modules say what they are for, and nothing names a machine."""

import ast
import re

import pytest

from registry.models import Record
from tests.house.files import PYTHON, ROOT, told, tracked

NOUNS = ("activities", "areas", "contributions", "guidance", "meetings", "partners")
# In two halves, so that this file does not find itself.
MACHINE = re.compile(r"(?<![\w./-])/(?:wor" + r"k|roo" + r"t|home/\w+|Users/\w+)/")


def test_nothing_is_called_helpers():
    vague = {"utils", "helpers", "common", "misc"}

    assert [told(file) for file in PYTHON if vague & {file.stem, file.parent.name}] == []


@pytest.mark.parametrize("file", [file for file in PYTHON if file.read_text().strip()], ids=told)
def test_module_opens_with_a_line_that_says_what_it_is_for(file):
    said = (ast.get_docstring(ast.parse(file.read_text())) or "").splitlines()

    assert said, "it says nothing"
    assert said[0].endswith((".", ":", "?"))
    assert said[1:2] in ([], [""])


def test_nouns_have_the_same_name_on_every_floor():
    for floor in ("actions", "models", "queries"):
        files = {file.stem for file in (ROOT / "registry" / floor).glob("*.py")}
        # Contributions are money, and share a file with the funding of activities.
        known = files | ({"contributions"} if floor == "models" else set())
        assert set(NOUNS) - known == set()
    assert len(Record.__subclasses__()) == len(NOUNS)


def test_nobody_listens_to_signals():
    signals = re.compile(r"^\s*(?:from|import) django\.(?:dispatch|\w+(?:\.\w+)*\.signals)\b", re.M)

    listening = [
        told(f) for f in PYTHON if f.parts[-2] != "house" and signals.search(f.read_text())
    ]

    assert listening == []


def test_no_import_is_relative_or_wild():
    for file in PYTHON:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ImportFrom):
                assert node.level == 0, told(file)
                is_wild = any(alias.name == "*" for alias in node.names)
                assert not is_wild or file.name.endswith("settings.py"), told(file)


def test_no_file_names_a_machine():
    found = {}
    for file in tracked():
        try:
            text = file.read_text()
        except UnicodeDecodeError:
            continue
        if paths := MACHINE.findall(text):
            found[told(file)] = paths

    assert found == {}
