"""How often a program calls the kernel, as strace sums it up."""

from scripts.system_calls import summary

WRITTEN = """\
% time     seconds  usecs/call     calls    errors syscall
------ ----------- ----------- --------- --------- ----------------
 41.67    0.001250           2       500           sendto
 33.33    0.001000           1      1000       500 recvfrom
  0.00    0.000000           0         1         1 access
------ ----------- ----------- --------- --------- ----------------
100.00    0.002250           1      1501       501 total
"""


def test_calls_are_counted_by_name_whether_they_failed_or_not() -> None:
    assert summary(WRITTEN) == {"sendto": 500, "recvfrom": 1000, "access": 1}


def test_what_is_no_summary_has_no_calls() -> None:
    assert not summary("strace: Process 12 attached\n")
