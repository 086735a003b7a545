# ==== formats
x, n, s = 3.14159, 42, "ab"
print(f"{x:.2f} {x:8.3f}| {x:<8.2f}| {x:^9.1f}| {n:05d} {n:+d} {n:,} {1234567.891:,.2f} {n:x} {n:#b} {n:e} {x:g} {0.000012:g} {1e20:g}")
print(f"{s:>5}|{s:<5}|{s:^5}|{s:*^7}|{s!r}|{n=}|{x=:.1f}|{'q' * 3}|{n:>{6}}")
print("%d %5.2f %s %r %% %-5s| %05d %x %e" % (n, x, s, s, s, n, n, x), "{} {1} {0}".format(1, 2) if False else "{0} {1:.1f} {name}".format(1, 2.0, name="z"))
print(f"{0.5:.0%} {0.1234:.1%} {True} {None} {[1, 'a']} {1_000_000:_} {-5:>4} {5:<4}| {'x':10}|")
# ==== string_methods
s = "  Hello, World  "
print(s.strip(), s.lower().strip(), s.upper().strip().split(", "), s.replace("l", "L").strip(), "a-b-c".split("-", 1), "abc".find("c"), "abc".index("b"))
print("a,b".partition(","), "hello".count("l"), "abc".startswith(("x", "a")), "x".join(["1", "2"]), "abc"[::-1], "Title case".title(), "ab".center(6, "*"), "5".zfill(3), "a\tb".expandtabs(4))
print("abc".isalpha(), "12".isdigit(), "aB".swapcase(), "hello world".capitalize(), "a b  c".split(), "l1\nl2".splitlines(), "abc".rjust(5), "abc".ljust(5) + "|", ord("a"), chr(98), "é".encode(), b"abc".decode(), "ab" * 2, "a" in "abc", "abc" < "abd")
print("xxabcxx".strip("x"), "prefix_name".removeprefix("prefix_"), "abc".translate(str.maketrans("ab", "12")), repr("it's"), repr('a"b\n'), "%s" % (1,), "a" "b")
# ==== list_dict
a = [3, 1, 2]
a.append(4); a.extend([5]); a.insert(0, 9); a.remove(1); print(a, a.pop(), a.pop(0), a.index(2), a.count(3), sorted(a, reverse=True), a[::-1])
a.sort(key=lambda v: -v); print(a, a.copy(), [1] * 3, [*a, 7], a + [1], max(a), min(a), sum(a), len(a), 3 in a, all(a), any([]))
d = {"x": 1, "y": 2}
d["z"] = 3; d.update(w=4); print(d, d.get("q"), d.get("q", 0), d.pop("x"), list(d.items()), "y" in d, d.setdefault("k", []), {**d, "m": 1}, d | {"n": 2}, dict(zip("ab", [1, 2])), {v: k for k, v in d.items() if isinstance(v, int)})
s = {1, 2, 3}; s.add(4); s.discard(9); print(s, s & {2, 3}, s | {9}, s - {1}, s ^ {1, 10}, {1, 2} <= s, frozenset([1]), len(s))
t = (1, 2, 3); print(t, t[1], t + (4,), t * 2, t.index(2), (1,), (), tuple("ab"), hash((1, 2)) == hash((1, 2)))
# ==== comprehension
print([i * j for i in range(3) for j in range(3) if i != j], {i % 3 for i in range(10)}, {k: len(k) for k in ["a", "bb"]}, sum(i for i in range(5)), list(map(str, range(3))), list(filter(None, [0, 1, 2])), [x if x > 1 else -x for x in range(3)], list(enumerate("ab", 1)), list(zip([1, 2], "ab")), [[j for j in range(i)] for i in range(3)])
if (n := len("abc")) > 2: print(n)
print(list(reversed([1, 2])), sorted([("b", 1), ("a", 2)]), sorted("bca", key=str.lower), [a for a, *b in [(1, 2, 3)]], any(x > 2 for x in [1, 2, 3]))
# ==== functions
def f(a, b=2, *args, c=3, **kw):
    """Doc."""
    return a, b, args, c, kw
print(f(1), f(1, 2, 3, 4, c=5, d=6), f(*[1, 2], **{"c": 9}), f.__name__, f.__doc__)
def g(a, /, b, *, c): return a + b + c
print(g(1, 2, c=3), (lambda x, y=1: x + y)(2))
def counter():
    n = 0
    def inc():
        nonlocal n
        n += 1
        return n
    return inc
c = counter(); c(); print(c())
def gen(n):
    for i in range(n):
        x = yield i
        if x: print("got", x)
    return "done"
it = gen(3); print(next(it), it.send("hi"), list(it))
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(15), [*gen(2)])
try:
    g(1, 2)
except TypeError as e:
    print(e)
try:
    f()
except TypeError as e:
    print(e)
# ==== classes
class Base:
    count = 0
    def __init__(self, name):
        self.name = name
        Base.count += 1
    def __repr__(self): return f"{type(self).__name__}({self.name!r})"
    def __eq__(self, o): return isinstance(o, Base) and self.name == o.name
    def __hash__(self): return hash(self.name)
    def __lt__(self, o): return self.name < o.name
    @property
    def upper(self): return self.name.upper()
    @upper.setter
    def upper(self, v): self.name = v.lower()
    @classmethod
    def make(cls, n): return cls(n)
    @staticmethod
    def helper(x): return x * 2
class Child(Base):
    def __init__(self, name, k):
        super().__init__(name)
        self.k = k
    def __len__(self): return self.k
    def __getitem__(self, i): return i * 10
    def __iter__(self): return iter(range(self.k))
    def __contains__(self, x): return x == 1
    def __call__(self, x): return x + self.k
    def __add__(self, o): return Child(self.name + o.name, self.k + o.k)
    def __enter__(self): print("in"); return self
    def __exit__(self, *a): print("out", a[0]); return False
c = Child("b", 3)
print(c, c.upper, len(c), c[2], list(c), 1 in c, c(4), c + c, Base.make("z"), Base.helper(4), isinstance(c, Base), issubclass(Child, Base), Base.count, c == Base("b"), sorted([Base("b"), Base("a")]), hasattr(c, "k"), getattr(c, "zz", None), vars(c), Child.__mro__[1].__name__)
c.upper = "QQ"; print(c.name, bool(c), str(c))
with c as q: print(q is c)
try:
    c.missing
except AttributeError as e:
    print(e)
try:
    Child("a")
except TypeError as e:
    print(e)
# ==== exceptions
def f(x):
    try:
        if x == 0: raise ValueError("zero")
        if x == 1: return "one"
        return [1][x]
    except (ValueError, KeyError) as e:
        return f"caught {type(e).__name__}: {e}"
    except IndexError:
        return "index"
    else:
        return "else"
    finally:
        print("finally", x)
print(f(0), f(1), f(5))
class MyErr(Exception):
    def __init__(self, code): super().__init__(f"code {code}"); self.code = code
try:
    raise MyErr(3)
except MyErr as e:
    print(e, e.code, e.args, repr(e))
try:
    try: 1 / 0
    except ZeroDivisionError as e: raise RuntimeError("outer") from e
except RuntimeError as e:
    print(e, repr(e.__cause__))
for exc in (KeyError("k"), IndexError("i"), ValueError(), StopIteration(1)):
    print(repr(exc), str(exc))
try:
    assert False, "msg"
except AssertionError as e:
    print("A", e)
raise MyErr(7)
# ==== match
def m(v):
    match v:
        case 0: return "zero"
        case int() if v < 0: return "neg"
        case [a, b]: return f"pair {a} {b}"
        case [a, *rest]: return f"list {a} {rest}"
        case {"k": x}: return f"dict {x}"
        case str() | float(): return "text"
        case _: return "other"
print(m(0), m(-1), m([1, 2]), m([1, 2, 3]), m({"k": 5}), m("s"), m(None), m(3))
# ==== numbers
print(7 // 2, -7 // 2, 7 % -3, 2 ** 10, 2 ** -1, 7 / 2, 10 ** 18 * 10, 0.1 + 0.2, 1e3, 1.5e-7, 123456789012345678, round(3.14159, 2), round(2.5), abs(-3), divmod(7, 2), int(3.9), int("7"), float("1.5"), bool(0), bin(5), hex(255), 5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 3, 3 < 4 < 5, 1 == 1.0, not True, None is None)
print(int(-3.7), 1_000, 0xff, 1e100, float("inf"), -float("inf"), float("nan"), 3.0, 1e16, 100000000000000000.0, 1/3, 2/3, 1e-4, 0.00001, complex if False else "", isinstance(True, int), sum([0.1] * 3), pow(2, 3, 5), max(1, 2.5), min([3, 1]), 5 if 0 else 6)
# ==== misc_syntax
a = b = 1; a, b = b, a + 1; a += 2; x, *y, z = range(5); print(a, b, x, y, z)
i = 0
while True:
    i += 1
    if i == 2: continue
    if i > 4: break
    print(i, end=" ")
else:
    print("no")
print()
for i in range(3): pass
else: print("else", i)
del y[0]; print(y); print(*[1, 2], sep="-"); print("a", "b", end="!\n"); global_v = 1
def g():
    global global_v
    global_v = 5
g(); print(global_v, __name__)
def deco(fn):
    import functools
    @functools.wraps(fn)
    def w(*a, **k):
        print("call", fn.__name__)
        return fn(*a, **k)
    return w
@deco
def h(x): return x
print(h(3), h.__name__, type(h).__name__, type(1), type("a"), type([]), type(None), type(g), callable(g))
if __name__ == "__main__": print("main")
x: int = 5; print(x, (lambda: 1)(), [1, 2][0], "a" if x else "b", not x, x is not None)
lst = [[0] * 2 for _ in range(2)]; lst[0][1] = 5; print(lst, print)
# ==== sys_exit_like
import sys
print(sys.version_info >= (3, 8), sys.maxsize > 2 ** 31)
print("to err", file=sys.stderr)
# ==== error_lines
def inner(v):
    return v["k"]
def outer():
    return inner([1])
outer()
# ==== tensor_in_err
import torch
def loss_fn(a, b):
    return ((a - b) ** 2).mean()
x = torch.zeros(3)
y = torch.zeros(4)
loss_fn(x, y)
