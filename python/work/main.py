"""The families without a network: `main.py WAY` does them in one way."""

import sys

import await_completed
import await_suspended
import blocking
import cancel
import dummy_loop
import parallel_cpu
import spawn_join
import state_machine
import styles
import timers
from job import Way, serve

WAYS: dict[str, dict[str, Way]] = {
    "asyncio": {
        "timers": timers.sleep,
        "await-completed": await_completed.future,
        "await-suspended": await_suspended.tasks,
        "spawn-join": spawn_join.task_group,
        "state-machine": state_machine.compiled,
        "styles": styles.coroutine,
        "cancel": cancel.tasks,
    },
    "by-hand": {"state-machine": state_machine.by_hand},
    "generators": {"dummy-loop": dummy_loop.generators},
    "callbacks": {"styles": styles.callbacks},
    "on-loop": {"blocking": blocking.on_loop},
    "to-thread": {"blocking": blocking.to_thread, "parallel-cpu": parallel_cpu.to_thread},
    "processes": {"parallel-cpu": parallel_cpu.processes},
}

if __name__ == "__main__":
    sys.exit(serve(WAYS[sys.argv[1]]))
