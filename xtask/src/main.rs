//! Every developer command.

fn main() {
    println!("commands: serve, build, test, golden");
}
