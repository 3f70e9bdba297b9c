"""After an import no fix changes a document: nobody has said yet that the new words are wrong wherever they are."""

import pytest
from click.testing import CliRunner

from onevoice.commands import cli

# Each imported word is also a verb, the name of a field, or a part of a name.
ROWS = {"customer": "client", "sign in": "login", "offer": "quote", "form": "request", "sustainable": "green"}
DRAFT = """\
# Login

Enter the **Client Secret** in the `client` field. The Facebook Client Terms apply. She quotes a price and requests it.
Login to the green market. Our clients request a quote. Greens, Green Day, client-side, {login}, <login>, @client.

| Client | Login |
| --- | --- |
| client | [login](login.md) |
"""


@pytest.mark.parametrize("part", ["", "noun", "verb"])
def test_no_fix_after_an_import(tmp_path, part):
    rows = "".join(
        f"  - {{preferred: {right}, definition: d, avoid: [{{term: {wrong}, fix: auto, level: error}}]"
        f"{', part_of_speech: ' + part if part else ''}}}\n"
        for right, wrong in ROWS.items()
    )
    (tmp_path / "words.yaml").write_text(f"terms:\n{rows}")
    (tmp_path / "terminology").mkdir()
    # One of the words goes to a term of ours, which may be fixed.
    (tmp_path / "terminology" / "ours.yaml").write_text(
        "terms:\n  - {id: customer, preferred: customer, definition: d}\n"
    )
    draft = tmp_path / "draft.md"
    draft.write_text(DRAFT)

    def run(*command):
        result = CliRunner().invoke(cli, [*command, "--handbook", str(tmp_path)], standalone_mode=False)
        if result.exception:
            raise result.exception
        return result

    assert run("import", str(tmp_path / "words.yaml"), "--yes").return_value == 0
    assert run("lint", "--no-vale", "--no-cache", "--fix", str(draft)).return_value == 0
    assert draft.read_text() == DRAFT
    assert "warning" in run("lint", "--no-vale", "--no-cache", str(draft)).output
