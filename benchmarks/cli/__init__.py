"""The command line: one module a command, each filling values and calling the layer below."""
