"""What `calibrate` may have found: for tests of who reads it."""

from results.calibration import Calibration

FOUND = Calibration(
    run="20250102-030405-default-0000",
    date="2025-01-02",
    cpu="Example CPU",
    cores=2,
    workload="sequential",
    blocks=8,
    sessions=12,
    false_alarms=0,
    held=12,
    planted=0.1,
    found=11,
    m=27,
    smallest={"quick": None, "default": 0.06},
)
