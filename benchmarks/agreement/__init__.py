"""Agreement: our programs timed by each language's own benchmark harness, beside our own figures."""
