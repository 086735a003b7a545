def choices(population, weights=None, *, cum_weights=None, k=1):
    n = len(population)
    if cum_weights is None:
        if weights is None:
            return [population[int(random() * n)] for _ in range(k)]
        cum_weights = []
        total = 0
        for weight in weights:
            total += weight
            cum_weights.append(total)
    total = cum_weights[-1] + 0.0
    out = []
    for _ in range(k):
        x = random() * total
        low, high = 0, n - 1
        while low < high:
            middle = (low + high) // 2
            if x < cum_weights[middle]:
                high = middle
            else:
                low = middle + 1
        out.append(population[low])
    return out


def sample(population, k, *, counts=None):
    n = len(population)
    if not 0 <= k <= n:
        raise ValueError("Sample larger than population or is negative")
    setsize = 21
    if k > 5:
        power = 1
        while power < k * 3:
            power *= 4
        setsize += power
    if n <= setsize:
        pool = list(population)
        result = []
        for i in range(k):
            j = _below(n - i)
            result.append(pool[j])
            pool[j] = pool[n - i - 1]
        return result
    chosen = set()
    result = []
    for _ in range(k):
        j = _below(n)
        while j in chosen:
            j = _below(n)
        chosen.add(j)
        result.append(population[j])
    return result


def _method(function):
    def method(self, *args, **kwargs):
        _swap_stream(self._at)
        try:
            return function(*args, **kwargs)
        finally:
            _swap_stream(self._at)
    return method


class Random:
    def __init__(self, x=None):
        self._at = _new_stream()
        if x is not None:
            self.seed(x)

    def __getattr__(self, name):
        _refuse("random.Random." + name)


for _function in (seed, random, getrandbits, uniform, randint, randrange, choice, shuffle, gauss, normalvariate, expovariate, choices, sample):
    setattr(Random, _function.__name__, _method(_function))
