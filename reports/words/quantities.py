"""The three parts of a process's life, and what they are called."""

from results.format import Quantity, WorkloadPlan, quantity_of


def quantity_words(quantity: Quantity, first: int, last: int) -> str:
    """Name a quantity in a sentence; `first` and `last` are the measured iterations."""
    if quantity != "as measured":
        return quantity
    which = f"iteration {first}" if first == last else f"iterations {first} to {last}"
    return f"{quantity}, {which}"


def workload_quantity(workload: WorkloadPlan) -> str:
    """Name what the verdicts of a workload are about."""
    last = workload["iterations"] - 1
    return quantity_words(quantity_of(workload), workload["warmup"], last)
