"""A runner that offers two probes, in a language of its own, and expects something of them."""

from pathlib import Path

PROGRAM = """
import json, sys, threading

def write(value):
    print(json.dumps(value), flush=True)

def hello_order():
    return {"lines": ["Start", "End"], "count": 1}

write({"ready": 1, "runtime": RUNTIME})
job = json.loads(sys.stdin.readline())
probe = job["params"]["probe"]
if probe == "cancel-point":
    threading.Event().wait()
if probe != "hello-order":
    print("There is no such probe.", file=sys.stderr)
    sys.exit(2)
import time
start = time.perf_counter_ns()
facts = hello_order()
end = time.perf_counter_ns()
write({"iteration": 0, "start_ns": start, "end_ns": end, "facts": facts, "info": {"took": 1}})
write({"done": True})
sys.stdin.read()
"""
MANIFEST = """
schema = 1
name = "fake"
language = "Fake"
[[contender]]
name = "probes"
label = "Fake probes"
families = ["semantics"]
command = ["{python}", "-S", "-E", "probes.py"]
sources = ["probes.py"]
"""
AS_SEEN = """
since = "2"
[[probe]]
id = "hello-order"
facts = { lines = ["Start", "End"], count = 1 }
"""


def make_runner(
    parent: Path,
    *,
    name: str = "fake",
    runtime: str = "Fake 2.5",
    expectations: str | None = AS_SEEN,
) -> Path:
    """Make the runner's folder below `parent`, which then is a root for discovery."""
    folder = parent / name
    folder.mkdir(parents=True)
    (folder / "runner.toml").write_text(MANIFEST.replace('"fake"', f'"{name}"'))
    (folder / "probes.py").write_text(PROGRAM.replace("RUNTIME", repr(runtime)))
    if expectations is not None:
        (folder / "expectations.toml").write_text(expectations)
    return folder
