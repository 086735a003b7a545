"""Makes gallery/*.txt and claims/*.txt with real PyTorch: what the programs that the page offers print.

    python tests/golden/make_gallery.py

Needs torch alone. The programs are those of the gallery (www/src/code/gallery) and those that put claims to the test
(www/src/claims/programs), run as they stand; a program that raises ends this.
"""

import contextlib
import io
from pathlib import Path

GOLDEN = Path(__file__).parent
SOURCES = Path(__file__).parents[2] / "www" / "src"

for programs, answers in [("code/gallery", "gallery"), ("claims/programs", "claims")]:
    for program in sorted((SOURCES / programs).glob("*.py")):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(program.read_text(), program.name, "exec"), {"__name__": "__main__"})
        file = (GOLDEN / answers / program.name).with_suffix(".txt")
        file.parent.mkdir(exist_ok=True)
        file.write_text(printed.getvalue())
