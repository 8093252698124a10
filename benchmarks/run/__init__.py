"""A run: selection, plan, schedule, and its execution from first to last invocation."""
