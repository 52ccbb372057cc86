"""Files stay short enough to be read in one sitting."""

from tests.house.files import PYTHON, told

WANTED, REFUSED = 300, 400
LENGTHS = {told(file): len(file.read_text().splitlines()) for file in PYTHON}


def test_no_file_is_over_the_limit():
    assert {name: n for name, n in LENGTHS.items() if n > REFUSED} == {}


def test_files_of_ours_are_of_the_wanted_size():
    ours = {name: n for name, n in LENGTHS.items() if not name.startswith("tests/")}

    assert {name: n for name, n in ours.items() if n > WANTED} == {}
