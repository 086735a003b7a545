//! `PyTorch`'s `nn.GRU`, to the number and to the message.
//!
//! The modules below `wasm` are pure Rust and read like the equations; `wasm` alone knows the browser.
