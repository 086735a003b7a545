//! A run that is over leaves nothing behind: a page runs thousands.

use gru_playground_python::run;

/// The memory that this process has, in KB; none where the system does not tell.
fn resident() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[test]
fn a_run_that_is_over_leaves_its_memory() {
    let code = "import torch\nfrom torch import nn\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.gru = nn.GRU(4, 8)\n    def forward(self, x):\n        return self.gru(x)[0]\nnet = Net()\ny = net(torch.randn(3, 2, 4))\n";
    let mut before = None;
    for round in 0..220 {
        let done = run(code, 10_000_000);
        assert_eq!((done.raised, done.refused), (None, None));
        if round == 20 {
            before = resident();
        }
    }
    if let (Some(before), Some(after)) = (before, resident()) {
        assert!(after < before + 40_000, "{before} KB grew to {after} KB in 200 runs");
    }
}
