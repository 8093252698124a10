"""Conformance: every rule of the contract, examined by scenarios with a time limit."""
