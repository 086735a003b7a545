# Nothing of Python's own builtins is written in Python yet.
