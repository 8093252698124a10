"""A small program for families without a network; its one argument says how it misbehaves."""

import json
import sys
import time

clock = time.perf_counter_ns
MASK = 2**32 - 1


def fold(first: int, size: int) -> int:
    """Return the checksum of one iteration's values."""
    checksum = 0
    for value in range(first, first + size):
        checksum = (31 * checksum + value) & MASK
    return checksum


def main(how: str) -> int:
    """Take part in the protocol; return the exit status."""
    print(json.dumps({"ready": 1, "runtime": "fake"}), flush=True)
    try:
        job = json.loads(sys.stdin.readline())
        params, iterations = job["params"], job["iterations"]
        size, seed, wait_ns = params["size"], params["seed"], params["delay_ns"]
        if job["family"] != "timers" or type(iterations) is not int:
            raise ValueError
    except (KeyError, ValueError):
        print("This job cannot be done.", file=sys.stderr)
        return 2
    records = []
    for iteration in range(iterations):
        start = clock()
        time.sleep(wait_ns / 1e9 if how != "hurries" else 0)
        checksum = fold(seed if how == "forgets" else seed + iteration, size - (how == "loses"))
        end = clock()
        records.append(
            {"iteration": iteration, "start_ns": start, "end_ns": end, "checksum": checksum}
        )
    for record in records:
        print(json.dumps(record))
    print(json.dumps({"done": True}), flush=True)
    sys.stdin.read()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
