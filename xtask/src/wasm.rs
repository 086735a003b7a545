//! The wasm modules in `www/pkg/`: compiled by cargo, given their JavaScript by wasm-bindgen, shrunk by wasm-opt.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::{Mutex, mpsc};
use std::thread;

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::stamp::{Digest, Stamp};
use crate::steps::Outcome;
use crate::tools::WASM_TARGET;
use crate::{entries, packages, process, root, www};

/// One of the modules that the crate is compiled to.
#[derive(Clone, Copy, Hash)]
pub struct Module {
    /// The crate's features that name what it exports.
    features: &'static str,
    /// Its files in `www/pkg/`: `NAME.js`, `NAME_bg.wasm` and so on.
    pub name: &'static str,
    /// The opt-level of what is named below, and with it of what rustc does to the module as a whole: loops are unrolled there.
    level: &'static str,
    /// What wasm-opt is asked for.
    passes: &'static [&'static str],
    /// What its machine code may use.
    pub flavour: Flavour,
    /// Whether its JavaScript finds the module beside itself. The page's modules need no such address: Vite would follow it.
    finds_itself: bool,
}

/// What a module's machine code may use beside SIMD128, which all of them have.
#[derive(Clone, Copy, Hash, PartialEq, Eq)]
pub enum Flavour {
    /// Nothing: it runs in every browser of the last years, and rounds alike in all of them.
    Simd128,
    /// Multiply-adds that round once where the processor has them; a second module behind the same JavaScript.
    Relaxed,
}

/// What the page loads first, what the challenge loads when it is entered, what runs a learner's programs, what computes in the page's worker; and all that the
/// page has together, for the lab, for scripts and for the page in one file.
///
/// What computes is built twice; the page loads the one that is faster in its browser.
pub const MODULES: [Module; 7] = [
    Module::light("page", "gru_page"),
    Module::light("quiz", "gru_quiz"),
    Module::large("code", "gru_code"),
    Module::fast("run", "gru_run", Flavour::Simd128),
    Module::fast("run", "gru_run", Flavour::Relaxed),
    Module::fast(EVERYTHING, "gru_lab", Flavour::Simd128).for_scripts(),
    Module::fast(EVERYTHING, "gru_lab", Flavour::Relaxed).for_scripts(),
];

const EVERYTHING: &str = "page,quiz,run,lab";

/// The boundary's package, and what cargo calls its library.
const BOUNDARY: (&str, &str) = ("gru-playground-wasm", "gru_playground_wasm");

/// What is compiled at a module's level: the boundary; what its calls do, where the core's generic code takes its types; what stands
/// around the kernels, for a small pass is not much else; and random numbers, of which a module draws few where every byte of it is
/// waited for.
const AT_LEVEL: [&str; 4] = [BOUNDARY.0, "gru-playground-api", "gru-playground-nn", "gru-playground-rng"];

/// Every byte is waited for.
const LIGHT: &[&str] = &[
    "-O3",
    // rustc has inlined what pays; more of it here makes the module 10 KB gzip larger and no faster.
    "--always-inline-max-function-size=0",
    "--flexible-inline-max-function-size=0",
    "--one-caller-inline-max-function-size=0",
    // So has it removed common subexpressions: again, smaller without.
    "--skip-pass=local-cse",
    // Copies of one generic function side by side are within gzip's reach of each other.
    "--reorder-functions-by-name",
    "--converge",
];

/// Speed counts, and rustc has seen to it.
const FAST: &[&str] = &["-O3", "--reorder-functions-by-name"];

/// What rustc may emit, by name: `--all-features` would let wasm-opt write what browsers refuse.
const MAY_EMIT: &[&str] = &[
    // The stack ends at address 0 and the data begins a megabyte above it: nothing lies in the first KB.
    "--low-memory-unused",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
];

/// How much work goes into the package.
#[derive(Clone, Copy, Hash, PartialEq, PartialOrd)]
pub enum Effort {
    /// For whoever works on it: what computes is built once, crates are compiled side by side and linked as they are, and nothing is
    /// shrunk. The numbers, errors and features are those of what is published.
    Quick,
    /// As it is published.
    Full,
}

/// `www/pkg/`.
pub fn folder() -> PathBuf {
    www().join("pkg")
}

impl Module {
    const fn light(features: &'static str, name: &'static str) -> Self {
        let flavour = Flavour::Simd128;
        Module { features, name, level: "\"z\"", passes: LIGHT, flavour, finds_itself: false }
    }

    /// As small as rustc makes it: to have it shrunk again and again, as what is light, takes ten minutes for a kilobyte or two.
    const fn large(features: &'static str, name: &'static str) -> Self {
        Module { passes: FAST, ..Module::light(features, name) }
    }

    const fn fast(features: &'static str, name: &'static str, flavour: Flavour) -> Self {
        Module { features, name, level: "3", passes: FAST, flavour, finds_itself: false }
    }

    /// Scripts of others call `init()` without arguments.
    const fn for_scripts(self) -> Self {
        Module { finds_itself: true, ..self }
    }

    /// Its name with its flavour, where that is not every browser's.
    pub fn full_name(self) -> String {
        match self.flavour {
            Flavour::Simd128 => self.name.to_owned(),
            Flavour::Relaxed => format!("{}_relaxed", self.name),
        }
    }

    /// The module that browsers load.
    pub fn published(self) -> PathBuf {
        folder().join(format!("{}_bg.wasm", self.full_name()))
    }

    /// Where it is made, with its JavaScript.
    fn made(self) -> PathBuf {
        made_folder().join(self.full_name())
    }

    /// The module as wasm-bindgen wrote it.
    fn bound(self) -> PathBuf {
        self.made().join(format!("{}_bg.wasm", self.name))
    }
}

impl Flavour {
    /// What rustc is told of our own crates; a vector crosses them, so all of them must agree.
    pub fn rustc_flags(self) -> &'static [&'static str] {
        match self {
            Flavour::Simd128 => &[],
            Flavour::Relaxed => &["-C", "target-feature=+relaxed-simd"],
        }
    }

    /// Has cargo give our own crates these flags for wasm, and other crates none: those are compiled once for all modules.
    ///
    /// Cargo keeps what it made through a wrapper apart from what it made without, and so it does of two flavours.
    fn ask_of(self, cargo: &mut Command) -> Result<()> {
        let flags = self.rustc_flags();
        if !flags.is_empty() {
            cargo.env("RUSTC_WORKSPACE_WRAPPER", wrapper()?).env(WRAPPER_FLAGS, flags.join(" "));
        }
        Ok(())
    }

    /// What wasm-opt may find and write.
    fn may_emit(self) -> &'static [&'static str] {
        match self {
            Flavour::Simd128 => &[],
            Flavour::Relaxed => &["--enable-relaxed-simd"],
        }
    }
}

/// Where modules are made, a folder each.
fn made_folder() -> PathBuf {
    root().join("target").join("wasm-modules")
}

/// Makes every module whose sources changed, and `www/pkg/` of them; installs what that takes.
///
/// Cargo is busy with one core for most of the time, for a module is generated as a whole; so is wasm-opt. One module is
/// shrunk while the next is compiled.
pub fn make(effort: Effort) -> Result<Outcome> {
    let mut inputs = Digest::default()
        .with(effort == Effort::Quick)
        // How a module is made is an input too.
        .with(include_str!("wasm.rs"))
        .with_files(&www().join("package-lock.json"), &|_| false)?;
    for source in ["crate", "Cargo.toml", "Cargo.lock", "rust-toolchain.toml", ".cargo"] {
        inputs = inputs.with_files(&root().join(source), &|_| false)?;
    }
    let inputs = inputs.finish();
    let (sender, bound) = mpsc::channel();
    thread::scope(|scope| {
        let finishing = scope.spawn(move || {
            let installed = packages::install()?;
            finish_each(&Mutex::new(bound), effort)?;
            anyhow::Ok(installed)
        });
        let compiled = MODULES.into_iter().try_fold(Vec::new(), |mut made, module| {
            let stamp = Stamp::new(
                made_folder().join(format!("{}.stamp", module.full_name())),
                module.made(),
                &Digest::default().with(module).with(&inputs),
            );
            if !stamp.is_current() {
                if module.flavour == Flavour::Relaxed && effort < Effort::Full {
                    return Ok(made);
                }
                stamp.clear()?;
                bind(module, &compile(module, effort)?)?;
                // Nobody listens where finishing failed: its error is told below.
                let _ = sender.send((module, stamp));
            }
            made.push(module);
            anyhow::Ok(made)
        });
        drop(sender);
        let installed = finishing.join().expect("what fails returns an error")?;
        Ok(match (installed, publish(&compiled?)?) {
            (Outcome::Unchanged, Outcome::Unchanged) => Outcome::Unchanged,
            _ => Outcome::Done,
        })
    })
}

/// Shrinks modules as they come, as many at a time as cargo leaves cores.
fn finish_each(bound: &Mutex<mpsc::Receiver<(Module, Stamp)>>, effort: Effort) -> Result<()> {
    let next = || bound.lock().ok()?.recv().ok();
    let work = || -> Result<()> {
        while let Some((module, stamp)) = next() {
            if effort > Effort::Quick {
                wasm_opt(&module.bound(), module.passes, module.flavour)?;
            }
            stamp.keep()?;
        }
        Ok(())
    };
    let cores = thread::available_parallelism()?.get();
    thread::scope(|scope| {
        let started: Vec<_> = (1..cores.max(2)).map(|_| scope.spawn(work)).collect();
        started.into_iter().try_for_each(|one| one.join().expect("what fails returns an error"))
    })
}

/// Has cargo compile a module and returns where it put it.
fn compile(module: Module, effort: Effort) -> Result<PathBuf> {
    // Cargo gives all of them one file name, and would take another feature's file for the one it made before.
    let cargos = root().join("target").join(WASM_TARGET).join("release");
    for file in [cargos.join("deps"), cargos].map(|folder| folder.join(format!("{}.wasm", BOUNDARY.1))) {
        let _ = fs::remove_file(file);
    }
    let mut cargo = process::cargo();
    cargo
        .args(["rustc", "--lib", "--crate-type", "cdylib", "--package", BOUNDARY.0])
        .args(["--target", WASM_TARGET, "--target-dir"])
        .arg(root().join("target"))
        .args(["--release", "--no-default-features", "--features", module.features])
        .args(["--message-format", "json-render-diagnostics"])
        .arg("--config")
        .arg(format!("target.{WASM_TARGET}.rustflags={}", serde_json::to_string(&remapped_paths())?));
    match effort {
        // What computes keeps its level, all else has one for all modules: they are compiled once.
        Effort::Quick => {
            for setting in ["lto=\"off\"", "codegen-units=16", "opt-level=1"] {
                cargo.arg("--config").arg(format!("profile.release.{setting}"));
            }
        }
        Effort::Full => {
            for package in AT_LEVEL {
                let level = format!("profile.release.package.{package}.opt-level={}", module.level);
                cargo.arg("--config").arg(level);
            }
        }
    }
    module.flavour.ask_of(&mut cargo)?;
    let mut made = None;
    let what = format!("compiling the module {}", module.full_name());
    let ended_well = process::each_line(&mut cargo, &what, |line| {
        if let Ok(Message { filenames, target: Some(target) }) = serde_json::from_str(line)
            && target.name == BOUNDARY.1
        {
            made = filenames.into_iter().find(|file| file.extension().is_some_and(|it| it == "wasm"));
        }
    })?;
    ensure!(ended_well, "{what} failed: see above");
    made.context("cargo built the core but named no .wasm file")
}

/// Names the flags for our own crates; where it is set, cargo runs us as a wrapper around rustc.
const WRAPPER_FLAGS: &str = "GRU_XTASK_RUSTC_FLAGS";

/// A copy of this program that stays while cargo builds another one; in one place, for cargo tells wrappers apart by that.
fn wrapper() -> Result<PathBuf> {
    let copy = made_folder().with_file_name(format!("rustc-of-ours{}", std::env::consts::EXE_SUFFIX));
    let own = std::env::current_exe()?;
    if fs::read(&copy).ok() != fs::read(&own).ok() {
        let fresh = copy.with_extension("new");
        fs::copy(own, &fresh).context("cannot copy xtask's own program")?;
        fs::rename(fresh, &copy)?;
    }
    Ok(copy)
}

/// Runs rustc as cargo says, with the flags of a flavour where it compiles for wasm, if cargo runs us for that.
pub fn rustc_wrapper() -> Option<Result<ExitCode>> {
    let flags = std::env::var(WRAPPER_FLAGS).ok()?;
    let mut args = std::env::args_os().skip(1);
    let mut rustc = Command::new(args.next()?);
    let args: Vec<_> = args.collect();
    // Build scripts and macros are of the machine that builds.
    if args.iter().any(|arg| arg == WASM_TARGET) {
        rustc.args(flags.split(' '));
    }
    let status = rustc.args(args).status().context("cannot start rustc");
    Some(status.map(|status| if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE }))
}

/// One line of what cargo tells in JSON; only the finished library's has both fields.
#[derive(serde::Deserialize)]
struct Message {
    #[serde(default)]
    filenames: Vec<PathBuf>,
    target: Option<Target>,
}

#[derive(serde::Deserialize)]
struct Target {
    name: String,
}

/// Panic messages carry source paths: the same everywhere, they tell nothing about the machine that built.
fn remapped_paths() -> Vec<String> {
    let cargo_home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let sources = cargo_home.as_ref().map(|home| home.join("registry").join("src"));
    let sources = sources.and_then(|sources| fs::read_dir(sources).ok()).into_iter().flatten().flatten();
    let mut folders: Vec<_> = sources.map(|entry| entry.path()).collect();
    folders.sort();
    // rustc applies the last one that fits, so the wider ones come first.
    let wide = cargo_home.map(|home| (home, "/cargo"));
    let narrow = folders.into_iter().map(|folder| (folder, "/deps"));
    wide.into_iter()
        .chain(narrow)
        .chain([(root().to_owned(), "/gru")])
        .map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display()))
        .collect()
}

/// Makes `www/pkg/` of the modules that were made.
///
/// A relaxed build that was not made has the plain one in its place: its address is the plain one's then, as the page sees.
fn publish(made: &[Module]) -> Result<Outcome> {
    let inputs = Digest::default()
        .with(made)
        .with(include_str!("wasm.rs"))
        .with(include_str!("entries.rs"))
        .with(include_str!("node-entry.js"))
        .with_files(&made_folder(), &|_| false)?;
    let stamp = Stamp::new(folder().join(".stamp"), folder(), &inputs);
    if stamp.is_current() {
        return Ok(Outcome::Unchanged);
    }
    stamp.clear()?;
    fs::create_dir_all(folder())?;
    for module in MODULES.into_iter().filter(|module| module.flavour == Flavour::Relaxed) {
        fs::copy(Module { flavour: Flavour::Simd128, ..module }.bound(), module.published())?;
    }
    for &module in made {
        let named = |file: &Path| folder().join(file.file_name().unwrap_or_default());
        for entry in fs::read_dir(module.made())? {
            let file = entry?.path();
            if file == module.bound() {
                fs::copy(&file, module.published())?;
            } else if module.flavour == Flavour::Simd128 {
                fs::copy(&file, named(&file))?;
            } else if file.extension().is_some_and(|it| it == "js" || it == "ts") {
                // Another flavour stands behind the JavaScript that is there, which must be its own too.
                ensure!(
                    fs::read(&file)? == fs::read(named(&file))?,
                    "{} would differ between the flavours: they cannot share it",
                    named(&file).display()
                );
            }
        }
    }
    entries::write(&folder())?;
    fs::write(folder().join("package.json"), entries::manifest()?)?;
    stamp.keep()?;
    Ok(Outcome::Done)
}

/// Writes a module and its JavaScript into its folder.
fn bind(module: Module, compiled: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(compiled)
        .out_name(module.name)
        .web(true)?
        .typescript(true)
        .remove_producers_section(true)
        // A page can renew the instance after a panic, which leaves it unusable, without a reload.
        .reset_state_function(true)
        // wasm-bindgen's library leaves the address out unless it is told otherwise; its command line does not.
        .omit_default_module_path(!module.finds_itself)
        .generate(module.made())
        .with_context(|| format!("wasm-bindgen failed on {}", module.full_name()))?;
    let file = module.made().join(format!("{}.js", module.name));
    let glue = fs::read_to_string(&file)?;
    fs::write(&file, naming_freed(&glue).with_context(|| format!("in {}", file.display()))?)?;
    Ok(())
}

/// What wasm-bindgen throws, in its JavaScript.
const THROWS: &str = "throw new Error(getStringFromWasm0(arg0, arg1));";

/// The same, but for what it says of an object after `free()`: that has a name, and words for those who freed it.
const THROWS_NAMED: &str = "\
const message = getStringFromWasm0(arg0, arg1);
            if (message !== 'null pointer passed to rust') throw new Error(message);
            const error = new Error('an object is used after free(), or after a call that used it up: make a new one');
            error.name = 'FreedError';
            throw error;";

/// A module's JavaScript, in which the use of an object after `free()` is a named error, as every fault of the caller's is.
fn naming_freed(glue: &str) -> Result<String> {
    let found = glue.matches(THROWS).count();
    ensure!(
        found == 1,
        "wasm-bindgen throws in {found} places: see how it tells of an object that was freed"
    );
    Ok(glue.replace(THROWS, THROWS_NAMED))
}

/// Has wasm-opt do to a module of others what it does to ours that compute.
pub fn quicken(file: &Path, flavour: Flavour) -> Result<()> {
    wasm_opt(file, FAST, flavour)
}

fn wasm_opt(file: &Path, passes: &[&str], flavour: Flavour) -> Result<()> {
    let mut wasm_opt = process::package_script("binaryen/bin/wasm-opt");
    wasm_opt.args(passes).args(MAY_EMIT).args(flavour.may_emit()).arg(file).arg("--output").arg(file);
    process::run(&mut wasm_opt, "wasm-opt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn javascript_that_throws_in_another_way_stops_the_build() {
        let glue = format!("f: function(arg0, arg1) {{\n            {THROWS}\n        }},");
        let named = naming_freed(&glue).expect("it throws in one place");
        assert!(named.contains("error.name = 'FreedError'") && !named.contains(THROWS), "{named}");
        for other in ["", "throw getStringFromWasm0(arg0, arg1);", &glue.repeat(2)] {
            assert!(naming_freed(other).is_err(), "{other}");
        }
    }
}
