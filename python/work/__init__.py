"""The families without a network, one module each."""
