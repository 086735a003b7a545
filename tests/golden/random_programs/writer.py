"""What all kinds of programs are written with."""

import contextlib
import io
import random
import warnings

import torch


class Writer:
    """A program while it grows, and the values that its names have by now."""

    def __init__(self, r, *head):
        self.r, self.lines, self.env, self.counts = r, [], {"__name__": "__main__"}, {}
        self.ended = False
        torch.manual_seed(0)
        random.seed(0)
        torch.set_grad_enabled(True)
        for line in head:
            self.do(line)

    def name(self, stem):
        """A name that is not taken."""
        self.counts[stem] = n = self.counts.get(stem, 0) + 1
        return stem if n == 1 else f"{stem}{n}"

    def raises(self, text):
        """Runs a statement with the program's names; whether it raises."""
        out = io.StringIO()
        with contextlib.redirect_stdout(out), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                exec(compile(text, "program.py", "exec"), self.env)
            except BaseException:
                return True
        return len(out.getvalue()) > 3000

    def do(self, text, keep=0.12):
        """Takes a statement into the program; one that raises only at times."""
        if self.ended:
            return False
        if not self.raises(text):
            self.lines.append(text)
            return True
        if self.r.random() < keep:
            if self.r.random() < 0.5:
                body = "\n".join("    " + line for line in text.splitlines())
                kind = self.r.choice(["Exception", "Exception", "RuntimeError", "(TypeError, ValueError)"])
                guarded = f"try:\n{body}\nexcept {kind} as error:\n    print(type(error).__name__, error, sep=': ')"
                if not self.raises(guarded):
                    self.lines.append(guarded)
            else:
                self.lines.append(text)
                self.ended = True
        return False

    def pick(self, *options):
        return self.r.choice(options)

    def values(self, kind, good=lambda value: True):
        """The names of values of a type."""
        return [k for k, v in self.env.items() if not k.startswith("_") and isinstance(v, kind) and good(v)]

    def text(self):
        return "\n".join(self.lines) + "\n"
