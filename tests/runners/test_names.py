"""A name that nothing has is named, and a known one only where it is near."""

import pytest

from runners.manifest import read_manifest
from runners.names import no_such, unknown_families
from tests.fixtures import Folders


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("timer", "There is no family ‘timer’; did you mean ‘timers’?"),
        ("nosuch", "There is no family ‘nosuch’."),
        ("\x1b[31m", "There is no family ‘\N{REPLACEMENT CHARACTER}[31m’."),
    ],
)
def test_only_a_name_that_is_near_is_offered(name: str, said: str) -> None:
    assert no_such("family", name, ["ping", "timers"]) == said


def test_each_unknown_family_of_a_contender_is_named(folders: Folders) -> None:
    families = ["semantics", "nosuchfamily", "timer", "ping"]
    manifest = read_manifest(folders.make(contender={"families": families}))
    assert list(unknown_families([manifest], ["ping", "semantics", "timers"])) == [
        "fake/ping takes no part in its family ‘nosuchfamily’, which is not known here.",
        "fake/ping takes no part in its family ‘timer’, which is not known here; "
        "did you mean ‘timers’?",
    ]
