"""The templates of the five awake books open in another program's sheets, with working drop-downs (U15)."""

import shutil
import subprocess
from xml.etree import ElementTree

import pytest

from banjie.cases.tests.factories import open_office
from banjie.desk.tests.test_intake import browser

AWAKE = ("visits", "meetings", "documents", "duty", "livelihood_projects")
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = shutil.which("soffice")

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.either_database,
    pytest.mark.skipif(
        OFFICE is None, reason="LibreOffice is not on this machine: nothing to open the files with"
    ),
]


def test_the_five_awake_books_open_with_their_drop_downs(tmp_path):
    office = open_office()
    for key in AWAKE:
        writer = "li" if key == "visits" else "he"
        answer = browser(office, writer).get(f"/sheets/template/book.{key}")
        assert answer.status_code == 200, key
        (tmp_path / f"{key}.xlsx").write_bytes(b"".join(answer.streaming_content))
    files = [str(tmp_path / f"{key}.xlsx") for key in AWAKE]
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [OFFICE, profile, "--headless", "--convert-to", "fods", "--outdir", str(tmp_path), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    if not (tmp_path / f"{AWAKE[0]}.fods").exists():
        pytest.skip("LibreOffice is here without its spreadsheet program, Calc")
    for key in AWAKE:
        root = ElementTree.parse(tmp_path / f"{key}.fods").getroot()
        rules = {one.get(f"{TABLE}name"): one for one in root.iter(f"{TABLE}content-validation")}
        used = {cell.get(f"{TABLE}content-validation-name") for cell in root.iter(f"{TABLE}table-cell")}
        lists = [
            name
            for name in used & set(rules)
            if "cell-content-is-in-list" in rules[name].get(f"{TABLE}condition", "")
        ]
        assert lists, f"{key} has no drop-down"
