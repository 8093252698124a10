"""How a number becomes a statement: pure functions, one concept per file.

Nothing here reads a file, a clock or global random state; data frames come in, values go out.
"""
