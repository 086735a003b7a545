//! `torch.sort(lengths, descending=True)`.

/// The longest run that is sorted by insertion alone.
const SHORT: usize = 16;

/// The indices of the lengths, longest first, in the very order that `PyTorch` gives on Linux.
///
/// Its sort is libstdc++'s introsort: up to 16 lengths keep their order where they are equal, more need not.
pub(super) fn descending(lengths: &[i64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..lengths.len()).collect();
    let before = |&a: &usize, &b: &usize| lengths[a] > lengths[b];
    if let Some(log) = lengths.len().checked_ilog2() {
        partition_all(&mut order, 2 * log, &before);
    }
    for i in 1..order.len() {
        let item = order[i];
        let mut hole = i;
        while hole > 0 && before(&item, &order[hole - 1]) {
            order[hole] = order[hole - 1];
            hole -= 1;
        }
        order[hole] = item;
    }
    order
}

/// Quicksort down to runs that insertion finishes; a depth used up leaves a run to a heap.
fn partition_all<T: Copy>(mut items: &mut [T], mut depth: u32, before: &impl Fn(&T, &T) -> bool) {
    while items.len() > SHORT {
        if depth == 0 {
            return heap_sort(items, before);
        }
        depth -= 1;
        let cut = partition(items, before);
        let (left, right) = items.split_at_mut(cut);
        partition_all(right, depth, before);
        items = left;
    }
}

/// Parts the items around the median of three; where the right part begins.
fn partition<T: Copy>(items: &mut [T], before: &impl Fn(&T, &T) -> bool) -> usize {
    let (a, b, c) = (1, items.len() / 2, items.len() - 1);
    let is = |x: usize, y: usize| before(&items[x], &items[y]);
    let median = match (is(a, b), is(b, c), is(a, c)) {
        (true, true, _) | (false, false, false) => b,
        (true, false, true) | (false, true, false) => c,
        (true, false, false) | (false, _, true) => a,
    };
    items.swap(0, median);
    let pivot = items[0];
    let (mut first, mut last) = (1, items.len());
    loop {
        while before(&items[first], &pivot) {
            first += 1;
        }
        last -= 1;
        while before(&pivot, &items[last]) {
            last -= 1;
        }
        if first >= last {
            return first;
        }
        items.swap(first, last);
        first += 1;
    }
}

fn heap_sort<T: Copy>(items: &mut [T], before: &impl Fn(&T, &T) -> bool) {
    for parent in (0..items.len() / 2).rev() {
        sift(items, parent, items[parent], before);
    }
    for end in (1..items.len()).rev() {
        let value = items[end];
        items[end] = items[0];
        sift(&mut items[..end], 0, value, before);
    }
}

/// Puts a value where it belongs below a hole: the hole sinks to the bottom, and the value rises from there.
fn sift<T: Copy>(items: &mut [T], top: usize, value: T, before: &impl Fn(&T, &T) -> bool) {
    let mut hole = top;
    while 2 * hole + 1 < items.len() {
        let (left, right) = (2 * hole + 1, 2 * hole + 2);
        let child = if right < items.len() && !before(&items[right], &items[left]) { right } else { left };
        items[hole] = items[child];
        hole = child;
    }
    while hole > top && before(&items[(hole - 1) / 2], &value) {
        items[hole] = items[(hole - 1) / 2];
        hole = (hole - 1) / 2;
    }
    items[hole] = value;
}
