"""The check runner: what it takes for passed, and what it tells."""

import os
import sys

import pytest

from lomwong.site import checks


def outcome_of(*command: str) -> checks.Outcome:
    return checks.run(checks.Check("sample", "about a sample", command), os.environ)


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        ([sys.executable, "-c", ""], ""),
        ([sys.executable, "-c", "raise SystemExit(3)"], "exit code 3"),
        (["a program that is not there"], "could not start"),
    ],
)
def test_only_exit_code_0_passes(command, problem):
    found = outcome_of(*command).problem
    assert found.startswith(problem)
    assert bool(found) == bool(problem)


def test_the_table_tells_passed_from_failed():
    passed, failed = outcome_of(sys.executable, "-c", ""), outcome_of(sys.executable, "-c", "1/0")
    first, second = checks.table([passed, failed]).splitlines()
    assert first.startswith("ok   sample")
    assert first.endswith("about a sample")
    assert second.startswith("NOT  sample")
    assert second.endswith("exit code 1")


def test_a_check_has_a_data_folder_of_its_own_that_is_gone_afterwards(tmp_path):
    note = tmp_path / "note"
    code = f"import os; open({str(note)!r}, 'w').write(os.environ['LOMWONG_DATA'])"
    checks.run_all([checks.Check("sample", "", [sys.executable, "-c", code])])
    assert note.read_text() != os.environ.get("LOMWONG_DATA")
    assert not os.path.exists(note.read_text())


def test_checks_are_chosen_by_name_in_their_own_order():
    assert [check.name for check in checks.parse(["thai", "format"])] == ["format", "thai"]
    assert [check.name for check in checks.parse([])][-1] == "tests"


def test_an_unknown_name_is_answered_with_the_known_ones(capsys):
    with pytest.raises(SystemExit) as stopped:
        checks.main(["speling"])
    assert stopped.value.code == 2
    assert "format" in capsys.readouterr().err
