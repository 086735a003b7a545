//! Reverse mode: what each operation leaves behind, and the way back through it.

use std::cell::RefCell;
use std::collections::{BinaryHeap, HashMap, HashSet};
use std::rc::Rc;

use super::Context;
use super::tensor::TorchTensor;
use crate::value::fault::runtime_error;
use crate::value::{Object, R};

pub type InputGrads = Vec<Option<TorchTensor>>;
type Back = Box<dyn Fn(&Context, &[TorchTensor], &[Option<TorchTensor>]) -> R<InputGrads>>;

/// Where a gradient goes on.
#[derive(Clone)]
pub enum Edge {
    Nowhere,
    Leaf(TorchTensor),
    Node(Rc<Node>, usize),
}

pub struct SavedTensor {
    tensor: TorchTensor,
    version: u32,
    /// Which of the operation's own outputs it is.
    output: Option<usize>,
}

/// An operation.
pub struct Node {
    pub name: RefCell<String>,
    pub edges: RefCell<Vec<Edge>>,
    saved: RefCell<Option<Vec<SavedTensor>>>,
    saves: bool,
    back: Back,
    order: u64,
    /// The tensors that keep their gradient though they are no leaves.
    pub retained: RefCell<Vec<(usize, std::rc::Weak<super::tensor::Inner>)>>,
    outputs: usize,
    /// The way back of a function that the program wrote.
    pub written: RefCell<Option<Object>>,
}

/// How a way back calls what the program wrote.
pub type Caller<'a> = &'a mut dyn FnMut(&Object, Vec<Object>) -> R<Object>;

impl std::fmt::Display for Node {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name.borrow())
    }
}

impl Drop for Node {
    /// A long chain is taken apart in a loop, for the machine's stack is short.
    fn drop(&mut self) {
        let mut rest = self.edges.take();
        while let Some(edge) = rest.pop() {
            if let Edge::Node(node, _) = edge
                && let Some(node) = Rc::into_inner(node)
            {
                rest.extend(node.edges.take());
                if let Some(saved) = node.saved.take() {
                    for SavedTensor { tensor, .. } in saved {
                        if Rc::strong_count(&tensor.0) == 1
                            && let Some(inner) = tensor.0.meta.borrow_mut().node.take()
                        {
                            rest.push(Edge::Node(inner, 0));
                        }
                    }
                }
            }
        }
    }
}

pub fn edge_of(tensor: &TorchTensor) -> Edge {
    let meta = tensor.0.meta.borrow();
    match &meta.node {
        Some(node) => Edge::Node(node.clone(), meta.output),
        None if meta.requires_grad => Edge::Leaf(tensor.clone()),
        None => Edge::Nowhere,
    }
}

impl Context {
    pub fn wants(&self, inputs: &[&TorchTensor]) -> bool {
        self.grad_enabled.get() && inputs.iter().any(|input| input.requires_grad())
    }

    /// Notes the operation that made a tensor: what it was made of, what the way back reads, and the way back.
    pub fn record(
        &self,
        name: &str,
        out: TorchTensor,
        inputs: &[&TorchTensor],
        saved: &[&TorchTensor],
        back: impl Fn(&Context, &[TorchTensor], &TorchTensor) -> R<InputGrads> + 'static,
    ) -> TorchTensor {
        if !self.wants(inputs) || !out.dtype().is_float() {
            return out;
        }
        let saved = saved.iter().map(|tensor| (*tensor).clone()).collect();
        self.record_many(
            name,
            std::slice::from_ref(&out),
            inputs,
            saved,
            move |cx, saved, grads| match &grads[0] {
                Some(grad) => back(cx, saved, grad),
                None => Ok(Vec::new()),
            },
        );
        out
    }

    pub fn record_many(
        &self,
        name: &str,
        outputs: &[TorchTensor],
        inputs: &[&TorchTensor],
        saved: Vec<TorchTensor>,
        back: impl Fn(&Context, &[TorchTensor], &[Option<TorchTensor>]) -> R<InputGrads> + 'static,
    ) {
        if !self.wants(inputs) {
            return;
        }
        let edges = inputs.iter().map(|input| edge_of(input)).collect();
        self.record_edges(name, outputs, edges, saved, back);
    }

    pub fn record_edges(
        &self,
        name: &str,
        outputs: &[TorchTensor],
        edges: Vec<Edge>,
        saved: Vec<TorchTensor>,
        back: impl Fn(&Context, &[TorchTensor], &[Option<TorchTensor>]) -> R<InputGrads> + 'static,
    ) {
        let order = self.order.get();
        self.order.set(order + 1);
        let saves = !saved.is_empty();
        // An output among what is saved would hold itself: it is kept without its node.
        let saved = saved
            .into_iter()
            .map(|tensor| {
                let version = tensor.version();
                let output = outputs.iter().position(|output| output.is_same(&tensor));
                let tensor = if output.is_some() { self.alias(&tensor) } else { tensor };
                SavedTensor { tensor, version, output }
            })
            .collect();
        let node = Rc::new(Node {
            name: RefCell::new(name.to_owned()),
            edges: RefCell::new(edges),
            saved: RefCell::new(Some(saved)),
            saves,
            back: Box::new(back),
            order,
            retained: RefCell::default(),
            outputs: outputs.len(),
            written: RefCell::default(),
        });
        for (i, output) in outputs.iter().enumerate() {
            let mut meta = output.0.meta.borrow_mut();
            meta.node = Some(node.clone());
            meta.output = i;
        }
    }

    /// Refuses a gradient of a gradient where the way back is not itself recorded.
    pub fn once(&self, grad: &TorchTensor, what: &str) -> R<()> {
        if self.grad_enabled.get() && grad.requires_grad() { self.never_twice(what) } else { Ok(()) }
    }

    /// The same where the way back depends on what was saved.
    pub fn never_twice(&self, what: &str) -> R<()> {
        if self.grad_enabled.get() {
            return crate::value::Halt::refuse(format!(
                "a gradient of a gradient through {what} (create_graph=True)"
            ));
        }
        Ok(())
    }

    /// A tensor over the same elements that autograd does not know.
    pub fn alias(&self, tensor: &TorchTensor) -> TorchTensor {
        tensor.view(tensor.geometry())
    }

    /// Shows another name for the operation that made a tensor.
    pub fn rename(&self, tensor: &TorchTensor, name: &str) {
        if let Some(node) = tensor.node() {
            name.clone_into(&mut node.name.borrow_mut());
        }
    }

    /// Runs with gradients recorded or not.
    pub fn with_grad<T>(&self, enabled: bool, run: impl FnOnce() -> T) -> T {
        let before = self.grad_enabled.replace(enabled);
        let result = run();
        self.grad_enabled.set(before);
        result
    }

    /// Sends gradients back. With `wanted`, theirs are given, and no leaf keeps any.
    pub fn backward(
        &self,
        roots: &[(TorchTensor, TorchTensor)],
        wanted: Option<&[TorchTensor]>,
        retain: bool,
        create: bool,
        call: Caller,
    ) -> R<Vec<Option<TorchTensor>>> {
        let mut hooked: Vec<(TorchTensor, TorchTensor)> = Vec::new();
        let mut found: Vec<Option<TorchTensor>> = vec![None; wanted.map_or(0, <[TorchTensor]>::len)];
        let mut pending: HashMap<usize, InputGrads> = HashMap::new();
        let mut queue: BinaryHeap<(u64, usize)> = BinaryHeap::new();
        let mut nodes: HashMap<usize, Rc<Node>> = HashMap::new();
        let mut seen = HashSet::new();
        let mut steps: Vec<(Edge, TorchTensor)> =
            roots.iter().map(|(root, grad)| (edge_of(root), grad.clone())).collect();
        let wanted_nodes: Vec<Option<(usize, usize)>> = wanted
            .unwrap_or_default()
            .iter()
            .map(|tensor| {
                tensor.node().map(|node| (Rc::as_ptr(&node) as usize, tensor.0.meta.borrow().output))
            })
            .collect();
        let leading = wanted.map(|wanted| leading_to(roots, wanted, &wanted_nodes));
        loop {
            for (edge, grad) in steps.drain(..) {
                match edge {
                    Edge::Nowhere => {}
                    Edge::Leaf(leaf) if !leaf.0.meta.borrow().hooks.is_empty() => {
                        // Hooks see the sum of all that reaches a leaf.
                        match hooked.iter_mut().find(|(known, _)| known.is_same(&leaf)) {
                            Some((_, sum)) => *sum = self.summed(Some(sum.clone()), &grad, create)?,
                            None => hooked.push((leaf, grad)),
                        }
                    }
                    Edge::Leaf(leaf) => {
                        if let Some(wanted) = wanted {
                            for (i, tensor) in wanted.iter().enumerate() {
                                if tensor.is_same(&leaf) {
                                    found[i] = Some(self.summed(found[i].take(), &grad, create)?);
                                }
                            }
                        } else {
                            self.accumulate(&leaf, &grad, create)?;
                        }
                    }
                    Edge::Node(node, output) => {
                        let at = Rc::as_ptr(&node) as usize;
                        let grads = pending.entry(at).or_insert_with(|| vec![None; node.outputs]);
                        let before = grads[output].take();
                        let sum = self.summed(before, &grad, create)?;
                        pending.get_mut(&at).expect("entered above")[output] = Some(sum);
                        if seen.insert(at) {
                            queue.push((node.order, at));
                        }
                        nodes.insert(at, node);
                    }
                }
            }
            let Some((_, at)) = queue.pop() else { break };
            let (Some(node), Some(mut grads)) = (nodes.remove(&at), pending.remove(&at)) else { continue };
            // A hook may add another.
            let retained = node.retained.borrow().clone();
            for (output, tensor) in &retained {
                if let (Some(inner), Some(grad)) = (tensor.upgrade(), grads[*output].clone()) {
                    let tensor = TorchTensor(inner);
                    let grad = run_hooks(&tensor, grad, call)?;
                    if wanted.is_none() && tensor.0.meta.borrow().retains {
                        self.accumulate(&tensor, &grad, create)?;
                    }
                    grads[*output] = Some(grad);
                }
            }
            for (i, wanted) in wanted_nodes.iter().enumerate() {
                if let Some((wanted, output)) = wanted
                    && *wanted == at
                {
                    found[i].clone_from(&grads[*output]);
                }
            }
            // What leads to nothing that is wanted is neither computed nor freed.
            if leading.as_ref().is_some_and(|leading| !leading.contains(&at)) {
                continue;
            }
            let result = {
                let saved = node.saved.borrow();
                let Some(saved) = saved.as_ref() else {
                    return runtime_error(
                        "Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed). Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the graph a second time or if you need to access saved tensors after calling backward.",
                    );
                };
                for SavedTensor { tensor, version, output } in saved {
                    if tensor.version() != *version {
                        return runtime_error(modified(
                            tensor,
                            *version,
                            output.map(|output| (&*node, output)),
                        ));
                    }
                }
                let tensors: Vec<TorchTensor> = saved
                    .iter()
                    .map(|saved| match saved.output {
                        // In a graph of gradients an output has its history.
                        Some(output) if create => {
                            let tensor = self.alias(&saved.tensor);
                            let mut meta = tensor.0.meta.borrow_mut();
                            meta.node = Some(node.clone());
                            meta.output = output;
                            drop(meta);
                            tensor
                        }
                        _ => saved.tensor.clone(),
                    })
                    .collect();
                for grad in &mut grads {
                    if let Some(inner) = grad
                        && !create
                        && inner.requires_grad()
                    {
                        *grad = Some(self.alias(inner));
                    }
                }
                let written = node.written.borrow().clone();
                match written {
                    None => self.with_grad(create, || (node.back)(self, &tensors, &grads))?,
                    Some(function) => {
                        let places = node.edges.borrow().len();
                        self.with_grad(create, || called(&function, &grads, places, call))?
                    }
                }
            };
            if !retain && node.saves {
                *node.saved.borrow_mut() = None;
            }
            let edges = node.edges.borrow().clone();
            steps = edges.into_iter().zip(result).filter_map(|(edge, grad)| Some((edge, grad?))).collect();
        }
        for (leaf, grad) in hooked {
            let grad = run_hooks(&leaf, grad, call)?;
            match wanted {
                None => self.accumulate(&leaf, &grad, create)?,
                Some(wanted) => {
                    for (place, tensor) in found.iter_mut().zip(wanted) {
                        if tensor.is_same(&leaf) {
                            *place = Some(grad.clone());
                        }
                    }
                }
            }
        }
        Ok(found)
    }

    fn summed(&self, before: Option<TorchTensor>, grad: &TorchTensor, create: bool) -> R<TorchTensor> {
        match before {
            None => Ok(grad.clone()),
            Some(before) => self.with_grad(create, || self.add(&before, grad)),
        }
    }

    fn accumulate(&self, leaf: &TorchTensor, grad: &TorchTensor, create: bool) -> R<()> {
        let before = leaf.grad();
        let sum = match before {
            None => {
                if create {
                    grad.clone()
                } else {
                    self.with_grad(false, || self.copied(grad))?
                }
            }
            Some(before) if !create => {
                let sum = self.with_grad(false, || self.add(&before, grad))?;
                before.write(&sum);
                before.touch();
                return Ok(());
            }
            Some(before) => self.with_grad(true, || self.add(&before, grad))?,
        };
        leaf.0.meta.borrow_mut().grad = Some(sum);
        Ok(())
    }
}

/// What a tensor's hooks make of its gradient.
fn run_hooks(tensor: &TorchTensor, mut grad: TorchTensor, call: Caller) -> R<TorchTensor> {
    let hooks = tensor.0.meta.borrow().hooks.clone();
    for hook in hooks {
        match call(&hook, vec![Object::Tensor(grad.clone())])? {
            Object::Tensor(other) => grad = other,
            Object::None => {}
            _ => return crate::value::Halt::refuse("a hook that gives no tensor"),
        }
    }
    Ok(grad)
}

/// The way back that a program wrote: a gradient for each of so many inputs.
fn called(function: &Object, grads: &[Option<TorchTensor>], places: usize, call: Caller) -> R<InputGrads> {
    let grads = grads.iter().map(|grad| grad.clone().map_or(Object::None, Object::Tensor)).collect();
    let items = call(function, grads)?.items().unwrap_or_default();
    if items.len() != places {
        return crate::value::Halt::refuse(
            "a backward() that gives another number of gradients than there are inputs",
        );
    }
    items
        .into_iter()
        .map(|item| match item {
            Object::Tensor(grad) => Ok(Some(grad)),
            Object::None => Ok(None),
            _ => crate::value::Halt::refuse("a backward() that gives no tensor"),
        })
        .collect()
}

/// The operation of a node as messages name it: `Sigmoid`.
fn operation(node: &Node) -> String {
    let name = node.to_string();
    name.split("Backward").next().unwrap_or_default().to_owned()
}

fn modified(tensor: &TorchTensor, expected: u32, output: Option<(&Node, usize)>) -> String {
    let shape = crate::torch::list_of(&tensor.shape());
    let kind = tensor.dtype().word();
    let of = match (output, tensor.node()) {
        (Some((node, output)), _) => format!(", which is output {output} of {},", operation(node)),
        (None, Some(node)) => {
            format!(", which is output {} of {},", tensor.0.meta.borrow().output, operation(&node))
        }
        (None, None) => String::new(),
    };
    format!(
        "one of the variables needed for gradient computation has been modified by an inplace operation: [torch.{kind}Tensor {shape}]{of} is at version {}; expected version {expected} instead. Hint: enable anomaly detection to find the operation that failed to compute its gradient, with torch.autograd.set_detect_anomaly(True, check_nan=False).",
        tensor.version()
    )
}

/// The arguments of `backward` and `autograd.grad`.
pub fn seed_of(cx: &Context, root: &TorchTensor, grad: Option<&Object>) -> R<TorchTensor> {
    if let Some(Object::Tensor(grad)) = grad {
        if grad.shape() != root.shape() {
            return runtime_error(format!(
                "Mismatch in shape: grad_output[0] has a shape of torch.Size({}) and output[0] has a shape of torch.Size({}).",
                crate::torch::list_of(&grad.shape()),
                crate::torch::list_of(&root.shape())
            ));
        }
        Ok(grad.clone())
    } else {
        if root.len() != 1 {
            return runtime_error("grad can be implicitly created only for scalar outputs");
        }
        cx.full(&root.shape(), 1.0, root.dtype())
    }
}

/// What a root must be.
pub fn check_root(root: &TorchTensor) -> R<()> {
    if root.requires_grad() {
        return Ok(());
    }
    runtime_error("element 0 of tensors does not require grad and does not have a grad_fn")
}

/// The nodes whose gradients reach what is wanted.
fn leading_to(
    roots: &[(TorchTensor, TorchTensor)],
    wanted: &[TorchTensor],
    wanted_nodes: &[Option<(usize, usize)>],
) -> HashSet<usize> {
    let is_wanted = |edge: &Edge| match edge {
        Edge::Nowhere => false,
        Edge::Leaf(leaf) => wanted.iter().any(|tensor| tensor.is_same(leaf)),
        Edge::Node(node, _) => {
            wanted_nodes.iter().flatten().any(|(known, _)| *known == Rc::as_ptr(node) as usize)
        }
    };
    let mut leading = HashSet::new();
    let mut seen = HashSet::new();
    // Each node twice: before what it leads to, and after.
    let mut stack: Vec<(Rc<Node>, bool)> = Vec::new();
    let enter = |edge: &Edge, stack: &mut Vec<(Rc<Node>, bool)>| {
        if let Edge::Node(node, _) = edge {
            stack.push((node.clone(), false));
        }
    };
    for (root, _) in roots {
        enter(&edge_of(root), &mut stack);
    }
    while let Some((node, is_after)) = stack.pop() {
        let at = Rc::as_ptr(&node) as usize;
        if is_after {
            let leads = node.edges.borrow().iter().any(|edge| {
                is_wanted(edge)
                    || matches!(edge, Edge::Node(inner, _) if leading.contains(&(Rc::as_ptr(inner) as usize)))
            });
            if leads {
                leading.insert(at);
            }
        } else if seen.insert(at) {
            stack.push((node.clone(), true));
            for edge in node.edges.borrow().iter() {
                enter(edge, &mut stack);
            }
        }
    }
    leading
}
