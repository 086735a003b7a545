def count(start=0, step=1):
    while True:
        yield start
        start += step


def cycle(iterable):
    kept = []
    for item in iterable:
        yield item
        kept.append(item)
    while kept:
        for item in kept:
            yield item


def repeat(item, times=None):
    if times is None:
        while True:
            yield item
    for _ in range(times):
        yield item


class chain:
    def __init__(self, *iterables):
        self._items = _chained(iterables)

    @classmethod
    def from_iterable(cls, iterables):
        made = cls()
        made._items = _chained(iterables)
        return made

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._items)


def _chained(iterables):
    for iterable in iterables:
        for item in iterable:
            yield item


def islice(iterable, *args):
    s = slice(*args)
    start, stop, step = s.start or 0, s.stop, s.step or 1
    wanted = start
    if stop is not None and stop <= start:
        return
    for i, item in enumerate(iterable):
        if i == wanted:
            yield item
            wanted += step
        if stop is not None and i + 1 >= stop:
            return


def accumulate(iterable, func=None, *, initial=None):
    it = iter(iterable)
    if initial is None:
        for total in it:
            break
        else:
            return
    else:
        total = initial
    yield total
    for item in it:
        total = total + item if func is None else func(total, item)
        yield total


def product(*iterables, repeat=1):
    pools = [tuple(pool) for pool in iterables] * repeat
    results = [[]]
    for pool in pools:
        results = [x + [y] for x in results for y in pool]
    for result in results:
        yield tuple(result)


def permutations(iterable, r=None):
    pool = tuple(iterable)
    n = len(pool)
    r = n if r is None else r

    def rest(chosen, used):
        if len(chosen) == r:
            yield tuple(chosen)
            return
        for i in range(n):
            if i not in used:
                for item in rest(chosen + [pool[i]], used + [i]):
                    yield item
    return rest([], [])


def combinations(iterable, r):
    pool = tuple(iterable)
    n = len(pool)

    def rest(start, chosen):
        if len(chosen) == r:
            yield tuple(chosen)
            return
        for i in range(start, n):
            for item in rest(i + 1, chosen + [pool[i]]):
                yield item
    return rest(0, [])


def zip_longest(*iterables, fillvalue=None):
    iterators = [iter(iterable) for iterable in iterables]
    nothing = ["nothing"]
    while True:
        items = [next(iterator, nothing) for iterator in iterators]
        if all(item is nothing for item in items):
            return
        yield tuple([fillvalue if item is nothing else item for item in items])


def pairwise(iterable):
    before = ["nothing"]
    first = before
    for item in iterable:
        if before is not first:
            yield (before, item)
        before = item
        first = None


def takewhile(predicate, iterable):
    for item in iterable:
        if not predicate(item):
            return
        yield item


def dropwhile(predicate, iterable):
    dropping = True
    for item in iterable:
        if dropping and predicate(item):
            continue
        dropping = False
        yield item


def starmap(function, iterable):
    for args in iterable:
        yield function(*args)


def groupby(iterable, key=None):
    group, current, started = [], None, False
    for item in iterable:
        k = item if key is None else key(item)
        if started and k != current:
            yield (current, iter(group))
            group = []
        current, started = k, True
        group.append(item)
    if started:
        yield (current, iter(group))


def tee(iterable, n=2):
    items = list(iterable)
    return tuple([iter(items) for _ in range(n)])


def filterfalse(predicate, iterable):
    for item in iterable:
        if not predicate(item):
            yield item


def batched(iterable, n):
    batch = []
    for item in iterable:
        batch.append(item)
        if len(batch) == n:
            yield tuple(batch)
            batch = []
    if batch:
        yield tuple(batch)
