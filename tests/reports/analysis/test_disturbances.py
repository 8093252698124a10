"""Which block values were measured beside something else."""

from collections.abc import Mapping

from pytest import approx

from reports.analysis.disturbances import noise_of
from reports.words.noise import noise_lines
from results.line_format import Broken, Invocation
from tests.benchmarks.run.lines import line_of


def lines_of(
    canaries: Mapping[int, int], waits: Mapping[tuple[int, str], float], usual: float = 0.01
) -> list[Invocation]:
    """Six blocks of two contenders; canaries are 100 and waits `usual` where nothing is given."""
    lines = []
    for block in range(6):
        for name in ("a", "b"):
            line = line_of(block, "w", name)
            line["canary_ns"] = canaries.get(block, 100)
            line["pressure"] = {"cpu": waits.get((block, name), usual)}
            lines.append(line)
    return lines


def test_a_quiet_machine_disturbs_nothing() -> None:
    noise = noise_of(lines_of({2: 109}, {(3, "a"): 0.2}))
    assert (noise.disturbed, noise.throughout, noise.measured) == ((), None, 12)
    assert [*noise_lines(noise)] == []


def test_a_slow_canary_marks_all_that_its_group_measured() -> None:
    noise = noise_of(lines_of({2: 130}, {}))
    assert [(e.cell, e.block, e.waited) for e in noise.disturbed] == [
        (("w", "a"), 2, None), (("w", "b"), 2, None),
    ]  # fmt: skip
    assert noise.disturbed[0].slower == approx(1.3)
    assert [*noise_lines(noise)] == [
        "The machine was disturbed in 2 of 12 invocations: a fixed computation before them took up to "
        "1.30× its usual time; they count like all others, and their marks are hollow (w: block 3)"
    ]


def test_waiting_for_a_cpu_marks_one_invocation() -> None:
    noise = noise_of(lines_of({}, {(4, "b"): 0.5}))
    (found,) = noise.disturbed
    assert (found.cell, found.block, found.slower) == (("w", "b"), 4, None)
    assert found.waited == approx(0.49)


def test_a_program_that_waits_for_itself_in_every_block_is_not_disturbed() -> None:
    own = {(block, "b"): 0.6 for block in range(6)}
    noise = noise_of(lines_of({}, own))
    assert (noise.disturbed, noise.throughout) == ((), None)


def test_a_machine_that_was_busy_throughout_is_named() -> None:
    noise = noise_of(lines_of({}, {}, usual=0.4))
    assert (noise.disturbed, noise.throughout) == ((), 0.4)
    (said,) = noise_lines(noise)
    assert said.startswith("This machine was busy throughout") and "40 % of the time" in said


def test_a_machine_that_changes_its_pace_is_named() -> None:
    blocks = [line_of(block, "w", "a") for block in range(20)]
    for line in blocks:
        line["canary_ns"] = 9_000_000 if line["block"] % 2 else 15_300_000
    noise = noise_of(blocks)
    assert noise.uneven == (9_000_000, 15_300_000)
    (said,) = (each for each in noise_lines(noise) if "its own pace" in each)
    assert "took 9.00 ms in its fast moments and 15.3 ms in its slow ones, 1.7× as long" in said
    for line in blocks[:2]:
        line["canary_ns"] = 100_000_000  # two of twenty are no more than a tenth
    for line in blocks[2:]:
        line["canary_ns"] = 9_000_000
    assert noise_of(blocks).uneven is None


def test_runs_without_canary_and_pressure_say_nothing_of_noise() -> None:
    noise = noise_of([line_of(0, "w", "a"), line_of(1, "w", "a")])
    assert (noise.disturbed, noise.throughout) == ((), None)


def test_what_has_no_block_value_is_not_marked() -> None:
    lines = lines_of({2: 130}, {})
    for line in lines:
        if line["block"] == 2:
            line["broken"] = [Broken(rule="W1", seen="x")]
    assert noise_of(lines).disturbed == ()
