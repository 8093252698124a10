"""Each statement worded once: units, sentences, notes, the matrix."""
