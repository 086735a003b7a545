# ==== slices
a = list(range(10))
print(a[2:7:2], a[::-1], a[-3:], a[:100])
a[1:3] = ["x"]
del a[-1]
print(a, len(a))
# ==== unpack
first, *middle, last = "abcdef"
(p, q), r = (1, 2), 3
print(first, middle, last, p + q + r)
x = y = [0]
x += [1]
print(x is y, y)
# ==== ints
print(2 ** 100, -7 // 2, -7 % 3, divmod(-9, 4), 10 ** 20 // 3)
print(0xff, 0b101, 1_000, int("-12"), int("ff", 16), round(2.5), round(3.5), round(2.675, 2))
print(True + True, ~5, 6 & 3, 6 | 3, 6 ^ 3, 1 << 70, (1 << 70) >> 68)
# ==== floats
print(0.1 + 0.2, 1e16, 1e-5, 1.0, 123456789.123, 1 / 3, float("inf"), -float("nan") != 0)
print(7.5 // 2, -7.5 % 2, 2 ** 0.5, 1e300 * 10, abs(-2.5), 3.0.is_integer())
# ==== fstrings
x, name = 3.14159, "pi"
print(f"{name!r:>8}|{x:.2f}|{x:10.3e}|{x:<8.1f}|{1234567:,}|{0.256:.1%}|{42:05d}|{255:#x}|{-3:+d}")
width = 7
print(f"{name:^{width}}|{x=}|{x = :.1f}|{{}}|{'nested ' + name}")
# ==== format
print("{} {1}".replace("1", "") .format(1, 2), "{0}-{1}-{0}".format("a", "b"), "{x:>5}".format(x=3))
print("%d %5.2f %s %r %%" % (3, 2.5, "s", "r"), "%-5s|%05d" % ("ab", 42))
# ==== strings
s = "Hello, World"
print(s.lower(), s.split(", "), s.replace("l", "L"), s.find("o"), s.count("l"), s[::-1], s.title(), s.swapcase())
print("-".join("abc"), " x ".strip(), "a,b,,c".split(","), "abc".upper().center(9, "*"), "7".zfill(3), s.startswith("Hell"))
# ==== dicts
d = {"a": 1, "b": 2}
d["c"] = 3
print(d, d.get("z"), d.get("z", 0), list(d.items()), "a" in d, d.pop("a"), sorted(d, reverse=True))
d.update(b=5, e=6)
d.setdefault("f", []).append(1)
print(d, {k: v for k, v in zip("xyz", range(3))}, {**{"p": 1}, "q": 2})
# ==== sets
print({3, 1, 2} | {5}, {1, 2, 3} & {2, 3, 4}, {1, 2} - {2}, {1} <= {1, 2}, len(set("hello")), frozenset([1]))
# ==== comprehensions
print([x * y for x in range(3) for y in range(3) if x != y], {x % 3 for x in range(9)})
print(sum(x * x for x in range(5)), [[j for j in range(i)] for i in range(4)], any(x > 3 for x in [1, 5]))
# ==== closures
def counter():
    n = 0
    def step(by=1):
        nonlocal n
        n += by
        return n
    return step
c = counter()
print(c(), c(5), c())
fs = [lambda i=i: i * 10 for i in range(3)]
print([f() for f in fs])
# ==== arguments
def f(a, b=2, *args, c, d=4, **kw):
    return a, b, args, c, d, kw
print(f(1, c=3), f(1, 5, 6, 7, c=3, z=9), f(*[1, 2], **{"c": 0}))
# ==== classes
class A:
    count = 0
    def __init__(self, x):
        self.x = x
        A.count += 1
    def __repr__(self):
        return f"A({self.x})"
    def __eq__(self, other):
        return self.x == other.x
    def __add__(self, other):
        return A(self.x + other.x)
    def __len__(self):
        return self.x
    def __getitem__(self, i):
        return i * self.x
    @property
    def double(self):
        return self.x * 2
    @staticmethod
    def make():
        return A(7)
    @classmethod
    def zero(cls):
        return cls(0)
class B(A):
    def __init__(self, x, y):
        super().__init__(x)
        self.y = y
    def __str__(self):
        return "B!"
b = B(3, 4)
print(A(1) + A(2), A(1) == A(1), len(A(5)), A(2)[10], b.double, A.make(), A.zero(), b, [b], A.count, isinstance(b, A))
# ==== generators
def gen(n):
    for i in range(n):
        got = yield i
        if got:
            print("got", got)
g = gen(3)
print(next(g), g.send("hi"), list(g), next(g, "done"))
def chain(*its):
    for it in its:
        yield from it
print(list(chain([1], "ab")))
# ==== exceptions
def f(x):
    try:
        return 10 / x
    except ZeroDivisionError as e:
        print("caught", e)
        return None
    else:
        print("never")
    finally:
        print("finally", x)
print(f(2), f(0))
try:
    raise ValueError("bad", 3)
except (TypeError, ValueError) as e:
    print(type(e).__name__, e, e.args)
# ==== custom_exception
class MyError(Exception):
    pass
try:
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise MyError("wrapped") from e
except MyError as e:
    print(repr(e), repr(e.__cause__))
raise MyError("at last")
# ==== with_statement
class M:
    def __enter__(self):
        print("enter")
        return self
    def __exit__(self, kind, value, tb):
        print("exit", kind.__name__ if kind else None)
        return kind is KeyError
with M() as m, M():
    print("body")
with M():
    raise KeyError("swallowed")
print("after")
# ==== loops
for i in range(5):
    if i == 3:
        break
    if i % 2:
        continue
    print(i)
else:
    print("no")
n = 0
while n < 3:
    n += 1
else:
    print("while else", n)
for i, (a, b) in enumerate(zip("ab", [1, 2]), start=1):
    print(i, a, b)
# ==== match
def f(x):
    match x:
        case 0:
            return "zero"
        case [a, b]:
            return f"pair {a} {b}"
        case [a, *rest]:
            return f"list {a} {rest}"
        case {"k": v, **others}:
            return f"dict {v} {others}"
        case str() | bytes():
            return "text"
        case int(n) if n > 10:
            return f"big {n}"
        case _:
            return "other"
print(f(0), f([1, 2]), f([1, 2, 3]), f({"k": 5, "z": 1}), f("s"), f(11), f(5), sep="|")
# ==== walrus
if (n := len("hello")) > 3:
    print(n)
print([y for x in range(5) if (y := x * 2) > 4], y)
# ==== sorting
words = ["pear", "fig", "apple"]
print(sorted(words), sorted(words, key=len), max(words, key=len), min(3, 1, 2), sorted([3, 1, 2], reverse=True))
print(list(map(str.upper, words)), list(filter(None, [0, 1, "", 2])), list(reversed([1, 2, 3])), sum([[1], [2]], []))
# ==== nested
m = [[1, 2], [3, 4]]
print([list(r) for r in zip(*m)], [x for row in m for x in row], m[1][0], [0] * 3, (1,) * 2, "ab" * 2)
# ==== dataclass
from dataclasses import dataclass, field
@dataclass
class P:
    x: int
    y: float = 2.0
    tags: list = field(default_factory=list)
p = P(1)
p.tags.append("t")
print(p, P(1, 2.0, ["t"]) == p, P(x=3, y=1).y)
P()
# ==== namedtuple
from collections import namedtuple, Counter, defaultdict, deque, OrderedDict
Point = namedtuple("Point", ["x", "y"])
p = Point(1, y=2)
print(p, p.x + p[1], p._replace(x=5), p._asdict())
print(Counter("banana").most_common(2), Counter("aab")["z"])
d = defaultdict(list)
d["k"].append(1)
print(d, dict(d), deque([1, 2, 3], maxlen=2))
# ==== itertools
from itertools import product, permutations, combinations, islice, count, chain, accumulate
print(list(product("ab", [1, 2])), list(combinations(range(4), 2)), list(permutations("abc"))[:3])
print(list(islice(count(5, 2), 3)), list(chain([1], [2])), list(accumulate([1, 2, 3])))
# ==== functools
from functools import partial, reduce, lru_cache, wraps
print(partial(pow, 2)(5), reduce(lambda a, b: a * b, [1, 2, 3, 4]))
@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(60))
def deco(f):
    @wraps(f)
    def inner(*a):
        return f(*a) + 1
    return inner
@deco
def g(x):
    return x
print(g(1), g.__name__)
# ==== math
import math
print(math.pi, math.sqrt(2), math.floor(-1.5), math.ceil(1.2), math.log(8, 2), math.exp(1), math.factorial(10), math.gcd(12, 18))
print(math.isclose(0.1 + 0.2, 0.3), math.inf, math.comb(5, 2), math.tanh(0.5), math.prod([2, 3]))
# ==== random
import random
random.seed(0)
print(random.random(), random.randint(1, 10), random.choice("abc"), random.uniform(1, 2))
a = list(range(5))
random.shuffle(a)
print(a, random.sample(range(10), 3), random.choices("xy", k=3), random.gauss(0, 1))
# ==== name_error
total = 1
print(totl)
# ==== attribute_error
"abc".uper()
# ==== index_error
[1, 2][5]
# ==== key_error
{"a": 1}["b"]
# ==== type_error_add
"a" + 1
# ==== type_error_call
def f(a, b):
    return a
f(1)
# ==== type_error_many
def f(a):
    return a
f(1, 2)
# ==== type_error_kw
def f(a):
    return a
f(b=1)
# ==== not_callable
x = 5
x()
# ==== not_iterable
for i in 5:
    pass
# ==== unpack_error
a, b = 1, 2, 3
# ==== value_error
int("abc")
# ==== zero_division
1 / 0
# ==== assert
assert 1 == 2, "no"
# ==== unbound
def f():
    print(x)
    x = 1
f()
# ==== recursion
def f(n):
    return f(n + 1)
try:
    f(0)
except RecursionError as e:
    print(type(e).__name__)
# ==== module_error
import nothing_of_the_kind
# ==== syntax_colon
x = 1
if x
    print(x)
# ==== syntax_bracket
print("a"
x = 1
# ==== syntax_indent
def f():
return 1
# ==== syntax_unexpected
x = 1
  y = 2
# ==== syntax_string
print("abc)
# ==== syntax_assign
1 = x
# ==== syntax_print
print "hello"
# ==== syntax_comma
x = [1 2]
# ==== syntax_equals
if x = 1:
    pass
# ==== lines_of_call
def outer():
    return inner(
        1,
    )
def inner(x):
    raise RuntimeError("here")
outer()
# ==== str_methods
print("a b c".partition(" "), "x=1".rpartition("="), "abc".isalpha(), "12".isdigit(), "Abc".islower(), "tab\tx".expandtabs(4))
print("hello world".capitalize(), "a-b_c".split("-", 1), "line1\nline2".splitlines(), repr("it's"), repr('a"b'), "é".encode())
# ==== print_options
print(1, 2, sep="-", end="!\n")
print("a", end="")
print()
print(None, True, [None], (1,), {}, set(), {"a": [1.0, (2,)]}, "\t|")
# ==== chained
print(1 < 2 < 3, 1 < 3 < 2, 1 == 1.0, None is None, not [], [] or "default", 0 and 1, "a" in "abc", 3 not in [1, 2])
# ==== global_statement
count = 0
def inc():
    global count
    count += 1
inc(); inc()
print(count)
# ==== dunder_compare
import functools
@functools.total_ordering
class V:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v
    def __lt__(self, o): return self.v < o.v
    def __call__(self, k): return self.v * k
    def __contains__(self, x): return x == self.v
    def __iter__(self): return iter([self.v] * 2)
    def __bool__(self): return self.v > 0
print(V(1) < V(2), V(3) >= V(2), sorted([V(2), V(1)])[0].v, V(4)(2), 5 in V(5), list(V(6)), bool(V(0)), max(V(1), V(9)).v)
# ==== type_names
print(type(1), type("s"), type(None), type([]).__name__, type(print).__name__, type(lambda: 0).__name__)
class Q: pass
print(Q.__name__, type(Q()).__name__, isinstance(True, int), issubclass(bool, int), callable(len), hasattr(Q, "x"))
# ==== star_calls
def f(*args, **kwargs):
    return len(args), sorted(kwargs)
print(f(*range(3), 9, **{"b": 1}, a=2))
print(*[1, 2, 3], sep=",")
print([*range(3), *"ab"], {**{"a": 1}}, (*(1, 2), 3))
# ==== try_loop
for i in range(3):
    try:
        if i == 1:
            continue
        print("body", i)
    finally:
        print("fin", i)
# ==== bytes
b = b"abc"
print(b, b[0], b[1:], len(b), b.decode(), bytes([65, 66]))
# ==== deep_del
d = {"a": {"b": 1}}
del d["a"]["b"]
print(d)
class O: pass
o = O()
o.x = 1
del o.x
print(hasattr(o, "x"), vars(o))
o.x
