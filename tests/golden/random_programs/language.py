"""Programs of Python alone: numbers, strings, formats, containers, functions, classes, generators, exceptions, match."""

from .writer import Writer

WORDS = ["apple", "gate", "hidden", "Hello, World", "a b c", "reset", "x1", "GRU", "", "naïve café", "tab\\there", "MiXed", "42", "3.14", "  pad  ", "one,two,,three", "it's"]
PLAIN = (int, float, str, list, tuple, dict, set, bool)


def literal(w, kind, depth=0):
    r = w.r
    if kind == "int":
        return str(r.choice([r.randint(-20, 20), r.randint(-20, 20), r.randint(0, 10 ** 6), 2 ** r.randint(5, 80)]))
    if kind == "float":
        return r.choice([f"{r.uniform(-10, 10):.2f}", f"{r.randint(-5, 5)}.5", "1e-3", "1e16", "0.1", "2.0", "1e300", "-0.0"])
    if kind == "str":
        return repr(r.choice(WORDS)).replace("\\\\", "\\")
    if kind == "bool":
        return r.choice(["True", "False"])
    inner = r.choice(["int", "int", "str", "float"]) if depth == 0 or r.random() < 0.8 else "list"
    items = [literal(w, inner, depth + 1) for _ in range(r.randint(0, 5))]
    if kind == "list":
        return "[" + ", ".join(items) + "]"
    if kind == "tuple":
        return "(" + ", ".join(items) + ("," if len(items) == 1 else "") + ")"
    if kind == "set":
        return "{" + ", ".join(str(r.randint(0, 9)) for _ in range(r.randint(1, 5))) + "}"
    return "{" + ", ".join(f"{literal(w, r.choice(['str', 'str', 'int']))}: {literal(w, r.choice(['int', 'str', 'list', 'float']), 1)}" for _ in range(r.randint(0, 4))) + "}"


def define(w):
    kind = w.pick("int", "int", "float", "str", "str", "bool", "list", "list", "tuple", "dict", "dict", "set")
    w.do(f"{w.name(kind[0])} = {literal(w, kind)}")


def names(w, *kinds):
    return w.values(kinds or PLAIN, lambda v: not isinstance(v, bool) or bool in (kinds or (bool,)))


def of(w, *kinds):
    """An operand of a type: a name, or a literal."""
    known = names(w, *kinds)
    if known and w.r.random() < 0.75:
        return w.r.choice(known)
    return literal(w, w.r.choice([k.__name__ for k in kinds]))


SPECS = [".2f", ".3f", "8.3f", "<10", ">10", "^12", "*^9", "05d", "+d", ",", "_", "x", "b", "o", "#x", "e", ".2e", "g", "%", ".1%", "s", "10s", ".3", "<8.2f", "+.1f", "08.2f", "c", "n", ",.2f", "=+6d", ">{w}", "d", "#b", "^#10x", "G", "E", "!r", "!s", "=", "!r:>12", ".0f", "012,d", "z", "q"]


def number_expression(w, depth=0):
    if depth > 2 or w.r.random() < 0.3:
        return of(w, int, float) if w.r.random() < 0.4 else of(w, int)
    a, b = number_expression(w, depth + 1), number_expression(w, depth + 1)
    op = w.pick("+", "-", "*", "//", "%", "/", "**" if depth else "+", "&", "|", "^", "<<" if depth else "*", ">>")
    if op in ("**", "<<"):
        b = str(w.r.randint(0, 5))
    return w.pick(f"{a} {op} {b}", f"({a} {op} {b})", f"({a} {op} {b})", f"abs({a})", f"-({a})", f"~({a})", f"max({a}, {b})", f"divmod({a}, {b})[{w.pick(0, 1)}]", f"round({a}, {w.pick(-1, 0, 1, 2)})", f"round({a})", f"int({a})", f"pow({a}, {w.r.randint(0, 4)}, {w.r.randint(2, 20)})", f"({a} if {b} > 0 else {b})", f"({a} and {b})", f"({a} or {b})", f"bool({a})", f"float({a})", f"math.floor({a})", f"math.gcd({a}, {b})", f"math.isclose({a}, {b})", f"({a}).bit_length()", f"math.ceil({a} / 3)")


def string_expression(w):
    s, t = of(w, str), of(w, str)
    n = w.r.randint(-3, 5)
    return w.pick(
        f"{s} + {t}", f"{s} * {n}", f"{s}.upper()", f"{s}.lower()", f"{s}.title()", f"{s}.capitalize()", f"{s}.swapcase()", f"{s}.strip()", f"{s}.lstrip()", f"{s}.strip({t})", f"{s}.split()", f"{s}.split(',')", f"{s}.split({w.pick(chr(39) + ' ' + chr(39), chr(39) + 'l' + chr(39))}, {w.pick(1, 2)})", f"{s}.rsplit(',', 1)", f"{s}.replace({t}, '-')", f"{s}.replace('l', 'L', 1)", f"{s}.find({t})", f"{s}.rfind('l')", f"{s}.index({t})", f"{s}.count('l')", f"{s}.startswith(({t}, 'H'))", f"{s}.endswith({t})", f"{s}.isdigit()", f"{s}.isalpha()", f"{s}.isalnum()", f"{s}.isspace()", f"{s}.isupper()", f"{s}.islower()", f"{s}.isidentifier()", f"{s}.zfill({abs(n) + 4})", f"{s}.center({n + 9}, '*')", f"{s}.ljust({n + 8}, '.')", f"{s}.rjust({n + 8})", f"{s}.join({of(w, list)})", f"', '.join(map(str, {of(w, list)}))", f"'-'.join({s})", f"{s}[{n}]", f"{s}[{w.pick('', n)}:{w.pick('', n + 2)}{w.pick('', ':2', '::-1'[1:], ':-1')}]", f"{s}[::-1]", f"len({s})", f"sorted({s})", f"sorted(set({s}))", f"list({s})", f"{t} in {s}", f"{s} < {t}", f"{s} == {t}", f"repr({s})", f"ord({s}[0])", f"chr({w.r.randint(60, 400)})", f"{s}.partition({w.pick(chr(39) + ',' + chr(39), chr(39) + ' ' + chr(39))})", f"{s}.encode()", f"{s}.encode('utf-8').hex()", f"{s}.splitlines()", f"{s}.expandtabs(4)", f"{s}.casefold()", f"{s}.removeprefix('a')", f"int({s})", f"float({s})", f"int({s}, 16)", f"{s} % {of(w, int, str, tuple)}", f"'%s and %r' % ({s}, {t})", f"'%d %5.2f %x' % ({of(w, int)}, {of(w, float, int)}, {of(w, int)})", f"'{{}} {{}}'.format({s}, {of(w, int)})", f"'{{0}}-{{1}}-{{0}}'.format({s}, {t})", f"'{{a:>{abs(n) + 6}}}|{{b!r}}'.format(a={s}, b={t})", f"'{{:{w.r.choice(SPECS[:28])}}}'.format({of(w, int, float, str)})", f"{s}.translate(str.maketrans('abc', 'xyz'))", f"max({s}, default=0)", f"{s}.nope()", f"{s} + {of(w, int)}", f"hash({s}) == hash({s})", f"ascii({s})", f"{s}.istitle()", f"list(enumerate({s}))", f"dict(zip({s}, range(9)))", f"all(c.isalpha() for c in {s})", f"''.join(c for c in {s} if c not in 'aeiou')", f"''.join(reversed({s}))", f"{s}.format({of(w, int)})",
    )


def formatted(w):
    x = of(w, int, float, str, int, float)
    parts = []
    for _ in range(w.r.randint(1, 3)):
        spec = w.r.choice(SPECS)
        spec = spec if spec[0] in "!=" else ":" + spec
        x = w.r.choice(names(w) or ["1"])
        parts.append(w.pick("", "v = ", "[") + "{" + x + spec.replace("{w}", str(w.r.randint(3, 9))) + "}")
    return "f\"" + "|".join(parts) + "\""


def list_expression(w):
    a, b = of(w, list), of(w, list, tuple)
    n = w.r.randint(-4, 6)
    return w.pick(
        f"{a} + {b}", f"{a} * {n}", f"{a}[{n}]", f"{a}[{w.pick('', n)}:{w.pick('', n + 3)}{w.pick('', ':2', ':-1')}]", f"len({a})", f"sorted({a})", f"sorted({a}, reverse=True)", f"sorted({a}, key=str)", f"sorted({a}, key=lambda v: (len(str(v)), str(v)))", f"list(reversed({a}))", f"max({a}, default=0)", f"min({a}, default=None)", f"sum([v for v in {a} if isinstance(v, int)])", f"{a}.index({of(w, int)})", f"{a}.count({of(w, int)})", f"{of(w, int)} in {a}", f"{a} == {b}", f"{a} < {a}", f"list(zip({a}, {b}))", f"list(enumerate({a}, {n}))", f"[v for v in {a} if v]", f"[v * 2 for v in {a}]", f"[(i, v) for i, v in enumerate({a}) if i % 2 == 0]", f"[x + y for x in {a} for y in {a}][:6]", f"{{v: i for i, v in enumerate({a})}}", f"{{str(v) for v in {a}}} == set(map(str, {a}))", f"list(map(lambda v: v, {a}))", f"list(filter(None, {a}))", f"any({a})", f"all({a})", f"tuple({a})", f"list(range({n}, {n + 6}, {w.pick(1, 2, -1)}))", f"range({n}, 10)[{w.pick(0, -1, 2)}]", f"sum(range({abs(n) * 3}))", f"[*{a}, *{b}]", f"list(itertools.accumulate(range({abs(n) + 2})))", f"list(itertools.chain({a}, {b}))", f"list(itertools.product('ab', range(2)))", f"list(itertools.combinations({a}, 2))", f"list(itertools.permutations(range(3), 2))", f"list(itertools.islice(itertools.count({n}), 3))", f"[list(g) for k, g in itertools.groupby({a}, key=lambda v: str(v)[:1])]", f"list(itertools.zip_longest({a}, {b}, fillvalue=0))", f"functools.reduce(lambda p, q: p + q, {a})", f"collections.Counter({a}).most_common(2)", f"collections.Counter({of(w, str)}).most_common(1)", f"list(itertools.takewhile(lambda v: v != 0, {a}))", f"dict.fromkeys({a}, 0)", f"copy.deepcopy({a}) == {a}", f"[[0] * 2 for _ in range({abs(n) % 4})]", f"list(zip(*[{a}, {a}]))", f"isinstance({a}, (list, tuple))", f"{a}[{of(w, str, float)}]", f"[{a}[i:i + 2] for i in range(0, len({a}), 2)]", f"(lambda *p, **q: (p, q))(*{a}, k={n})", f"str({a})", f"next(iter({a}))", f"next((v for v in {a} if v), 'none')", f"list(itertools.pairwise({a}))", f"list(itertools.repeat({n}, 3))", f"list(itertools.starmap(pow, [(2, 3), (3, 2)]))", f"operator.itemgetter(0)({a})", f"len({a}) > 2",
    )


def dict_expression(w):
    d = of(w, dict)
    k = of(w, str, int)
    return w.pick(f"{d}[{k}]", f"{d}.get({k})", f"{d}.get({k}, 0)", f"list({d}.keys())", f"list({d}.values())", f"list({d}.items())", f"sorted({d}.items(), key=lambda p: str(p))", f"{k} in {d}", f"len({d})", f"{{**{d}, 'new': 1}}", f"{d} | {{'more': 2}}", f"{{v: k for k, v in {d}.items()}}", f"{{k: len(str(v)) for k, v in {d}.items()}}", f"dict({d}, z=1)", f"list({d})", f"max({d}, key=lambda k: str({d}[k]), default=None)", f"[f'{{k}}={{v}}' for k, v in {d}.items()]", f"{d}.copy() == {d}", f"{d}.keys()", f"{d}.items()", f"{d}.values()", f"sorted({d})", f"{d}.missing", f"dict(sorted({d}.items(), key=lambda p: str(p[0])))", f"next(iter({d}.items()))", f"list(reversed({d}))", f"list(collections.OrderedDict({d}).items())", f"collections.defaultdict(int, {d})", f"str({d})", f"{d}.pop({k}, None)", f"{d}.setdefault({k}, [])", f"{d}.keys() & {{'a'}}", f"bool({d})")


def set_expression(w):
    a, b = of(w, set), of(w, set)
    return w.pick(f"sorted({a} {w.pick('|', '&', '-', '^')} {b})", f"{a} <= {b}", f"{a}.issubset({b})", f"{a}.isdisjoint({b})", f"len({a})", f"sorted({a}.union([1, 2], (3,)))", f"{of(w, int)} in {a}", f"frozenset({a}) == {a}", f"sorted({a}, reverse=True)", f"{a}[0]", f"sum({a})", f"{a} == {b}", f"{{1, 2}} > {{1}}")


def show(w):
    made = w.pick(number_expression, number_expression, string_expression, string_expression, list_expression, list_expression, dict_expression, set_expression, formatted, formatted)(w)
    if w.r.random() < 0.25:
        w.do(f"{w.name('v')} = {made}", keep=0.08)
        return
    end = w.pick("", "", "", "", f", {of(w, int)}, sep='|'", ", end=';\\n'", f", type({made}).__name__")
    w.do(f"print({made}{end})", keep=0.08)


def change(w):
    a, d, s = of(w, list), of(w, dict), of(w, set)
    known = names(w, list)
    if known:
        a = w.r.choice(known)
    if names(w, dict):
        d = w.r.choice(names(w, dict))
    if names(w, set):
        s = w.r.choice(names(w, set))
    i = of(w, int)
    n = w.r.choice(names(w, int) or ["i"])
    w.do(w.pick(f"{a}.append({i})", f"{a}.extend([{i}, 0])", f"{a}.insert({w.r.randint(-2, 3)}, {i})", f"{a}.pop()", f"{a}.pop({w.r.randint(0, 3)})", f"{a}.remove({i})", f"{a}.sort()", f"{a}.sort(key=str, reverse=True)", f"{a}.reverse()", f"{a}[{w.r.randint(-2, 3)}] = {i}", f"{a}[1:2] = [7, 8, 9]", f"{a} += [{i}]", f"{a} *= 2", f"del {a}[{w.r.randint(0, 2)}]", f"{a}.clear()", f"{d}[{of(w, str)}] = {i}", f"{d}.update(a=1, b={i})", f"{d}.update({{{of(w, str)}: {i}}})", f"del {d}[{of(w, str)}]", f"{d}.pop({of(w, str)})", f"{d} |= {{'u': 1}}", f"{s}.add({i})", f"{s}.discard({i})", f"{s}.remove({i})", f"{s} |= {{1, 99}}", f"{n} += {i}", f"{n} //= {w.r.randint(-3, 3)}", f"{n} <<= 2", f"{n} **= 2", f"first, *rest = {a}\nprint(first, rest)", f"p, q = {a}", f"p, (q, *r) = 1, {a}\nprint(p, q, r)", f"{a}[0], {a}[-1] = {a}[-1], {a}[0]", f"if (n := len({a})) > 2:\n    print('long', n)\nelse:\n    print('short', n)", f"x = y = {a}\ny.append(1) if isinstance(y, list) else None\nprint(x is y, x)", f"assert {a}, 'it is empty'", f"assert len({d}) > {w.r.randint(0, 2)}"), keep=0.08)
    w.do(f"print({w.pick(a, d, n)})" if w.r.random() < 0.5 else f"print(sorted({s}))", keep=0)


BLOCKS = [
    "for {i}, v in enumerate({list}):\n    if v == {int}:\n        continue\n    if {i} > {small}:\n        break\n    print({i}, v)\nelse:\n    print('no break')",
    "n = {small} + 3\nsteps = 0\nwhile n > 1:\n    n = n // 2 if n % 2 == 0 else 3 * n + 1\n    steps += 1\n    if steps > 60:\n        break\nelse:\n    print('done', steps)",
    "def {f}(n):\n    return 1 if n <= 1 else n * {f}(n - 1)\nprint({f}({small}), {f}({small} * 5))",
    "def {f}(a, b={int}, *args, c, d=None, **rest):\n    return a, b, args, c, d, sorted(rest.items())\nprint({f}(1, c=2))\nprint({f}(1, 2, 3, 4, c=5, e=6))\nprint({f}({call}))",
    "def {f}(x, /, y, *, z=1):\n    return x + y + z\nprint({f}(1, y=2))\nprint({f}({call}))",
    "def {f}(n):\n    total = 0\n    for i in range(n):\n        got = yield i * {small}\n        total += got or 0\n    return total\ng = {f}(3)\nprint(next(g), g.send(5), list(g))",
    "def {f}():\n    try:\n        yield from range({small})\n        yield 'end'\n    finally:\n        print('closed')\ng = {f}()\nprint(next(g))\ng.close()\nprint(list({f}()))",
    "def {f}(step):\n    count = 0\n    def inner():\n        nonlocal count\n        count += step\n        return count\n    return inner\nc = {f}({small})\nprint(c(), c(), c())",
    "fs = [lambda x, k=k: x * k for k in range(3)]\nprint([f({small}) for f in fs])\nlate = [lambda: k for k in range(3)]\nprint([f() for f in late])",
    "total = {int}\ndef {f}():\n    global total\n    total += 1\n    return total\nprint({f}(), total)",
    "def {f}():\n    print(value)\n    value = 1\n{f}()",
    "def twice(fn):\n    @functools.wraps(fn)\n    def wrapper(*args, **kwargs):\n        return fn(fn(*args, **kwargs))\n    return wrapper\n\n@twice\ndef {f}(x):\n    \"\"\"Adds.\"\"\"\n    return x + {int}\nprint({f}({int}), {f}.__name__, {f}.__doc__)",
    "@functools.lru_cache(maxsize=None)\ndef {f}(n):\n    return n if n < 2 else {f}(n - 1) + {f}(n - 2)\nprint({f}({small} * 6), [{f}(i) for i in range(8)])",
    "class {C}:\n    count = 0\n    def __init__(self, name, size={small}):\n        self.name, self.size = name, size\n        {C}.count += 1\n    def __repr__(self):\n        return f'{C}({{self.name!r}}, {{self.size}})'\n    def __eq__(self, other):\n        return isinstance(other, {C}) and self.size == other.size\n    def __lt__(self, other):\n        return self.size < other.size\n    def __len__(self):\n        return self.size\n    def __add__(self, other):\n        return {C}(self.name + other.name, self.size + other.size)\n    def __getitem__(self, i):\n        if i >= self.size:\n            raise IndexError('out of it')\n        return i * 10\n    def __contains__(self, x):\n        return x == self.size\n    def __call__(self, x):\n        return x + self.size\na, b = {C}('a'), {C}('b', 2)\nprint(a, b, a == b, a < b, len(a), a + b, {C}.count, a(1), 2 in b)\nprint(sorted([a, b]), list(b), bool(b))\nprint({probe})",
    "class Base:\n    def __init__(self, x):\n        self.x = x\n    def area(self):\n        raise NotImplementedError('no area')\n    def __str__(self):\n        return f'{{type(self).__name__}} of {{self.x}}'\n\nclass {C}(Base):\n    def __init__(self, x, y={small}):\n        super().__init__(x)\n        self._y = y\n    @property\n    def y(self):\n        return self._y\n    @y.setter\n    def y(self, value):\n        if value < 0:\n            raise ValueError(f'{{value}} is negative')\n        self._y = value\n    @classmethod\n    def unit(cls):\n        return cls(1, 1)\n    @staticmethod\n    def helper(v):\n        return v * 2\n    def area(self):\n        return self.x * self.y\no = {C}({int})\no.y = {small}\nprint(o, o.area(), {C}.unit().area(), o.helper(3), isinstance(o, Base), issubclass({C}, Base), {C}.__mro__[1].__name__)\n{probe2}",
    "@dataclass\nclass {C}:\n    hidden: int\n    lr: float = 0.01\n    tags: list = field(default_factory=list)\n    def doubled(self):\n        return replace(self, hidden=self.hidden * 2)\nc = {C}({int})\nc.tags.append('x')\nprint(c, c == {C}({int}), c.doubled(), asdict(c))\nprint({C}({call}))",
    "@dataclass(frozen=True, order=True)\nclass {C}:\n    a: int = {int}\n    b: str = 'z'\nprint({C}() < {C}(100), {C}(1) == {C}(1), hash({C}(1)) == hash({C}(1)), sorted([{C}(2), {C}(1)]))\n{C}().a = 5",
    "def {f}(v):\n    match v:\n        case 0:\n            return 'zero'\n        case int() if v > {int}:\n            return 'big'\n        case [x, y]:\n            return f'pair {{x}} {{y}}'\n        case [first, *rest]:\n            return f'{{first}} then {{len(rest)}}'\n        case {{'kind': k, **other}}:\n            return f'{{k}} {{other}}'\n        case str() | None:\n            return 'text or none'\n        case _:\n            return 'else'\nprint([{f}(v) for v in (0, 5, 99, [1, 2], (1, 2, 3), [], {{'kind': 'k', 'z': 1}}, 'abc', None, 2.5, {list})])",
    "try:\n    {risky}\nexcept (KeyError, IndexError) as e:\n    print('lookup', repr(e))\nexcept ZeroDivisionError as e:\n    print('zero', e)\nexcept Exception as e:\n    print(type(e).__name__, e, e.args)\nelse:\n    print('fine')\nfinally:\n    print('finally')",
    "class {C}(Exception):\n    def __init__(self, code, *args):\n        super().__init__(f'code {{code}}', *args)\n        self.code = code\ndef {f}(n):\n    try:\n        if n > 1:\n            raise {C}(n)\n        return 'ok'\n    except {C} as e:\n        raise ValueError(f'wrapped {{e.code}}') from e\n    finally:\n        print('out', n)\nprint({f}(1))\ntry:\n    {f}({small})\nexcept ValueError as e:\n    print(e, type(e.__cause__).__name__, e.__cause__.args)\nraise {C}({int}, 'more')",
    "class Manager:\n    def __init__(self, quiet):\n        self.quiet = quiet\n    def __enter__(self):\n        print('enter')\n        return self\n    def __exit__(self, kind, value, tb):\n        print('exit', kind.__name__ if kind else None, value)\n        return self.quiet\nwith Manager(True) as m:\n    {risky}\nprint('after')\nwith Manager(False):\n    {risky}",
    "@contextlib.contextmanager\ndef {f}(tag):\n    print('<', tag)\n    try:\n        yield tag * 2\n    finally:\n        print('>', tag)\nwith {f}('t') as t:\n    print(t)",
    "def {f}(items):\n    seen = set()\n    return [x for x in items if not (x in seen or seen.add(x))]\nprint({f}({list}))",
    "table = [('name', 'size'), ('a', {int}), ('long name', {small})]\nfor left, right in table:\n    print(f'{{left:<12}}|{{right:>8}}|')\nprint('=' * 22)\nprint(f\"{{'total':<12}}|{{sum(r for _, r in table[1:]):>8,}}|\")",
    "Point = namedtuple('Point', ['x', 'y'])\np = Point({int}, y={small})\nprint(p, p.x, p[1], p._replace(x=0), p._asdict(), Point._fields)\nx, y = p\nprint(x + y, p == ({int}, {small}))\nprint(Point({call}))",
    "counts = defaultdict(list)\nfor word in {str}.split() + ['reset', 'gate', 'reset']:\n    counts[len(word)].append(word)\nprint(dict(counts), counts[99], len(counts))",
    "c = Counter({str})\nc.update('lll')\nprint(c.most_common(3), c['zz'], sum(c.values()), sorted(c.elements())[:5])\nprint(c - Counter('l'), c['l'])",
    "d = deque({list}, maxlen=3)\nd.append({int})\nd.appendleft(0)\nd.rotate(1)\nprint(d, list(d), len(d), d[0])\nd.popleft()\nprint(d)",
    "matrix = [[i * j for j in range({small})] for i in range({small})]\nprint(matrix)\nprint([list(r) for r in zip(*matrix)], [row[::-1] for row in matrix])\nfor row in matrix:\n    print(' '.join(f'{{v:3d}}' for v in row))",
    "class {C}:\n    def __iter__(self):\n        self.n = 0\n        return self\n    def __next__(self):\n        if self.n >= {small}:\n            raise StopIteration\n        self.n += 1\n        return self.n\nprint(list({C}()), sum({C}()), max({C}()))\nit = iter({C}())\nprint(next(it), next(it, 'none'), next(it, 'none'))\nprint([*zip({C}(), 'abc')])",
    "class {C}:\n    __slots__ = ('a',)\n    def __init__(self):\n        self.a = {int}\no = {C}()\nprint(o.a)\no.b = 1",
    "class {C}:\n    def __getattr__(self, name):\n        if name.startswith('dyn'):\n            return name.upper()\n        raise AttributeError(f'no {{name}} here')\n    def __setattr__(self, name, value):\n        print('set', name)\n        object.__setattr__(self, name, value)\no = {C}()\no.x = 1\nprint(o.x, o.dyn_a, hasattr(o, 'zzz'), getattr(o, 'yyy', 'default'), o.__dict__)\no.other",
    "import enum\nclass Color(enum.Enum):\n    RED = 1\n    GREEN = {small} + 5\n    BLUE = enum.auto()\nprint(Color.RED, Color.GREEN.value, Color.BLUE.name, Color(1), Color['RED'], list(Color), repr(Color.RED))\nprint(Color.RED is Color.RED, Color.RED == 1, isinstance(Color.RED, Color), len(Color), Color.RED in Color)\nColor({int})",
    "class {C}(str, Enum):\n    GRU = 'gru'\n    LSTM = 'lstm'\nprint({C}.GRU == 'gru', {C}('lstm'), {C}.GRU.value.upper(), [k.value for k in {C}])\nclass Level(IntEnum):\n    LOW = 1\n    HIGH = {small} + 2\nprint(Level.LOW < Level.HIGH, Level.HIGH + 1, sorted(Level), int(Level.LOW), f'{{Level.HIGH}}')\nLevel.LOW = 3",
    "rng = random.Random({int})\nprint(rng.random(), rng.randint(1, 100), rng.choice('abcdef'), rng.sample(range(20), 3), rng.uniform(0, 1))\nrandom.seed({small})\nxs = list(range(6))\nrandom.shuffle(xs)\nprint(xs, random.choices('xyz', k=3), random.gauss(0, 1), random.randrange(0, 50, 5))",
    "words = {str}.split() or ['none']\nvocab = {{w: i for i, w in enumerate(sorted(set(words)))}}\nids = [vocab[w] for w in words]\nback = {{i: w for w, i in vocab.items()}}\nprint(vocab, ids, ' '.join(back[i] for i in ids))\nprint(vocab['unknown'])",
    "def {f}(*, a: int = 1, b: 'str' = 'x') -> dict:\n    return {{'a': a, 'b': b}}\nprint({f}(b='q'), {f}.__annotations__)\nprint({f}(1))",
    "a = {list}\nb = a\nc = a[:]\nb.append({int})\nprint(a, c, a is b, a is c, a == c, len(a) - len(c))\nprint(id(a) == id(b))",
    "x = {int}\nprint('positive' if x > 0 else 'zero' if x == 0 else 'negative', 0 < x < 10, not x, x is None, x in (1, 2, 3), 1 <= x <= 5 == True)",
    "print(*{list}, sep=', ', end='!\\n')\nprint('a', None, True, 1.0, [1, 'b'], {{'k': (1,)}}, sep='|')\nprint()\nprint('x\\ty\\\\n', r'\\d', b'\\x00a', '\\u00e9', \"it's\", 'say \"hi\"')",
    "print(type({int}), type('a'), type([]), type(None), type(print), type(lambda: 0), type(type))\nprint(isinstance(True, int), int('12') + float('1.5'), str(1e16), 1e15, 1e-5, 0.1 + 0.2, 1 / 3, 2 ** 100, 7 // -2, -7 % 3, 10 ** -2)",
    "data = [('b', 2), ('a', 2), ('c', {int})]\nprint(sorted(data, key=lambda p: (-p[1], p[0])), max(data, key=lambda p: p[1]), min(data, key=operator.itemgetter(1)))\ndata.sort(key=lambda p: p[1])\nprint(data)",
    "print(any(x > {small} for x in range(5)), all(x < {small} for x in range(5)), sum(x * x for x in range({small})), [x for x in range(20) if x % 3 == 0 and x % 2])",
    "s = {str}\nfor ch, n in sorted(Counter(s).items(), key=lambda p: (-p[1], p[0]))[:4]:\n    print(f'{{ch!r:>6}}: {{\"#\" * n}} {{n / max(len(s), 1):.1%}}')",
    "def {f}(depth):\n    if depth == 0:\n        raise RuntimeError('deep')\n    {f}(depth - 1)\ntry:\n    {f}({small})\nexcept RuntimeError as e:\n    print('caught', e)\n{f}(2)",
    "class {C}(dict):\n    def __missing__(self, key):\n        self[key] = value = len(self)\n        return value\nd = {C}(a={int})\nprint(d['x'], d['y'], d['a'], d)\nclass L(list):\n    def total(self):\n        return sum(self)\nl = L([1, 2, {int}])\nl.append(3)\nprint(l, l.total(), len(l), l[1:], isinstance(l, list))",
    "class Animal(ABC):\n    @abstractmethod\n    def sound(self):\n        ...\nclass {C}(Animal):\n    def sound(self):\n        return 'woof' * {small}\nprint({C}().sound())\ntry:\n    Animal()\nexcept TypeError:\n    print('abstract')",
    "def {f}(n: int) -> List[int]:\n    memo: Dict[int, int] = {{}}\n    def fib(k: int) -> int:\n        if k not in memo:\n            memo[k] = k if k < 2 else fib(k - 1) + fib(k - 2)\n        return memo[k]\n    return [fib(i) for i in range(n)]\nprint({f}({small} + 5))\nx: Optional[int] = None\nprint(x or {int})",
    "partial = functools.partial(pow, 2)\nprint(partial(5), functools.partial(int, base=2)('101'), functools.partial(max, 3)(1))\ncompose = lambda f, g: lambda x: f(g(x))\nprint(compose(str, abs)({int}))",
    "for i in range(1, 16):\n    print('FizzBuzz' if i % 15 == 0 else 'Fizz' if i % 3 == 0 else 'Buzz' if i % 5 == 0 else i, end=' ' if i < 15 else '\\n')",
    "stack = []\nfor token in '3 4 + {small} *'.split():\n    if token.isdigit():\n        stack.append(int(token))\n    else:\n        b, a = stack.pop(), stack.pop()\n        stack.append({{'+': a + b, '*': a * b}}[token])\nprint(stack)",
]

RISKY = ["1 / 0", "[1, 2][5]", "{'a': 1}['b']", "int('x1')", "'a' + 1", "None.foo", "undefined_name", "[1, 2].index(9)", "float('abc')", "(1, 2)[0] = 3", "len(5)", "a, b = 1, 2, 3", "a, b, c = [1, 2]", "for q in 5: pass", "'abc'.foo()", "print('fine')", "raise KeyError('gone')", "raise ValueError", "raise TypeError('t', 1)", "{}.pop('q')", "[].pop()", "next(iter([]))", "{[]: 1}", "'%d' % 'a'", "sorted([1, 'a'])", "int([1])", "math.sqrt(-1)", "abs('a')", "'a' * 'b'", "1 < 'a'", "[1] + (2,)", "object().x", "assert 1 == 2, 'unequal'", "import nothing_such", "from math import nope", "range(1.5)", "'{} {}'.format(1)", "f'{1:q}'", "bytes([300])", "chr(-1)", "ord('ab')", "sum(['a'])", "round('a')", "1()", "'abc'[1.5]", "del undefined_thing", "{1, 2}[0]", "set([[]])", "dict([1])", "zip(1)", "isinstance(1, 1)", "super().x", "print(1, sep=2)", "int('12', 99)", "pow(2, -1, 4)", "1 << -1", "'x'.join([1])", "10 ** 400 * 1.0", "math.factorial(-1)", "[].remove(1)", "iter(1)", "hash([])", "getattr(1, 'q')", "setattr(1, 'q', 2)", "-'a'", "not_defined()", "list(3)", "str.upper(1)", "[1, 2, 3].sort(1)", "{}.update(1)", "divmod(1, 0)", "5 % 0", "1 // 0.0", "0 ** -1", "'a'.split('')", "'abc'.index('z')", "tuple(1, 2)", "range(0, 5, 0)", "list(range(3))['a']", "print(nope=1)"]


def block(w):
    text = w.r.choice(BLOCKS)
    call = w.pick("1", "1, 2", "", "1, 2, c=3", "y=1", "1, x=2", "*[1, 2, 3]", "**{'c': 1, 'zz': 2}", "1, 2, 3, 4, 5, 6", "1, 1")
    probe = w.pick("a.nope", "a + 1", "a[99]", "a()", "a(1, 2)", "{C}()", "a > b", "a <= b", "hash(a)", "a.size, b.name", "-a", "{C}.name", "b[0], b[1]", "[x for x in b]")
    probe2 = w.pick("o.y = -1", "o.nope", "o.area(1)", "Base(1).area()", "print(o.y)", "{C}()", "{C}.area()", "o.helper()", "print(o.__dict__, vars(o) == o.__dict__)", "del o.x\nprint(o.x)")
    c, f = w.name("Thing"), w.name("f")
    text = text.replace("{probe}", probe).replace("{probe2}", probe2).replace("{C}", c)
    filled = text.format(i="i", list=of(w, list), int=of(w, int), small=w.r.randint(1, 5), str=of(w, str), f=f, C=c, call=call, risky=w.r.choice(RISKY))
    w.do(filled, keep=0.75)


def risk(w):
    w.do(w.r.choice(RISKY), keep=0.6)


HEAD = "import collections\nimport contextlib\nimport copy\nimport functools\nimport itertools\nimport math\nimport operator\nimport random\nfrom abc import ABC, abstractmethod\nfrom collections import Counter, OrderedDict, defaultdict, deque, namedtuple\nfrom dataclasses import asdict, dataclass, field, replace\nfrom enum import Enum, IntEnum\nfrom typing import Dict, List, Optional, Tuple, Union\n"


def program(r):
    w = Writer(r, HEAD)
    for _ in range(r.randint(2, 4)):
        define(w)
    weights = r.choice([[2, 8, 4, 1, 1], [1, 3, 2, 6, 1], [1, 2, 1, 8, 0]])
    for _ in range(r.randint(4, 14)):
        r.choices([define, show, change, block, risk], weights)[0](w)
    return w.text()
