"""Categories learned from the town's own cases (U3): trained in a process of its own, proposed with plain Python.

`features` and `weights` are all that the web loads; `training` imports scikit-learn and is only ever run as a program.
"""
