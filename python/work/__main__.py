"""The families without a network: `python -m work WAY` does them in one way."""

import sys

from work import (
    await_completed,
    await_suspended,
    blocking,
    cancel,
    dummy_loop,
    parallel_cpu,
    spawn_join,
    state_machine,
    styles,
    timers,
)
from work.job import Way, serve

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
    "generators": {
        "state-machine": state_machine.generator,
        "dummy-loop": dummy_loop.generators,
    },
    "callbacks": {"styles": styles.callbacks},
    "on-loop": {"blocking": blocking.on_loop},
    "to-thread": {"blocking": blocking.to_thread, "parallel-cpu": parallel_cpu.to_thread},
    "processes": {"parallel-cpu": parallel_cpu.processes},
}

if __name__ == "__main__":
    sys.exit(serve(WAYS[sys.argv[1]]))
