"""The claims of the two texts on await, executed: catalogue, probing, judgement."""
