//! The wasm modules in `www/pkg/`: compiled by cargo, given their JavaScript by wasm-bindgen, shrunk by wasm-opt.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::entries;
use crate::process;
use crate::stamp::{Digest, Stamp};
use crate::steps::Outcome;
use crate::tools::WASM_TARGET;
use crate::{root, www};

/// One of the modules that the crate is compiled to.
#[derive(Clone, Copy, Hash)]
pub struct Module {
    /// The crate's features that name what it exports.
    features: &'static str,
    /// Its files in `www/pkg/`: `NAME.js`, `NAME_bg.wasm` and so on.
    pub name: &'static str,
    /// The profile of `Cargo.toml`.
    profile: &'static str,
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

/// What the page loads first, what computes in its worker, and everything together, for the lab and for scripts.
///
/// What computes is built twice; the page loads the one that is faster in its browser. The single file has no use for
/// parts: one small module has all that the page's have.
pub const MODULES: [Module; 6] = [
    Module::light("page", "gru_page"),
    Module::fast("run", "gru_run", Flavour::Simd128),
    Module::fast("run", "gru_run", Flavour::Relaxed),
    Module::fast("page,run,lab", "gru_lab", Flavour::Simd128).for_scripts(),
    Module::fast("page,run,lab", "gru_lab", Flavour::Relaxed).for_scripts(),
    Module::light("page,run,lab", "gru_single"),
];

/// The boundary's package, and what cargo calls its library.
const BOUNDARY: (&str, &str) = ("gru-playground-wasm", "gru_playground_wasm");

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
    /// Without wasm-opt, for the edit and reload of `serve --dev`.
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
        Module { features, name, profile: "release", passes: LIGHT, flavour, finds_itself: false }
    }

    const fn fast(features: &'static str, name: &'static str, flavour: Flavour) -> Self {
        Module { features, name, profile: "speed", passes: FAST, flavour, finds_itself: false }
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

    /// The module as rustc left it: cargo's own file is the next module's too.
    fn compiled(self) -> PathBuf {
        compiled_folder().join(format!("{}.wasm", self.full_name()))
    }
}

impl Flavour {
    /// The setting that tells cargo how rustc compiles every crate for wasm, further flags in front.
    pub fn config(self, mut flags: Vec<String>) -> Result<String> {
        flags.extend(self.rustc_flags().iter().map(|&flag| flag.to_owned()));
        Ok(format!("target.{WASM_TARGET}.rustflags={}", serde_json::to_string(&flags)?))
    }

    /// What rustc is told; a vector crosses crates, so all of them must agree.
    fn rustc_flags(self) -> &'static [&'static str] {
        match self {
            Flavour::Simd128 => &[],
            Flavour::Relaxed => &["-C", "target-feature=+relaxed-simd"],
        }
    }

    /// What wasm-opt may find and write.
    fn may_emit(self) -> &'static [&'static str] {
        match self {
            Flavour::Simd128 => &[],
            Flavour::Relaxed => &["--enable-relaxed-simd"],
        }
    }
}

/// Where compiled modules are kept.
fn compiled_folder() -> PathBuf {
    root().join("target").join("wasm-modules")
}

/// Has cargo compile each module whose sources changed.
///
/// What takes longest is one crate's code generation, on one core: the profiles, each with a folder and a lock of its
/// own, are compiled beside each other.
pub fn compile() -> Result<Outcome> {
    let profiles = MODULES.map(|module| module.profile).into_iter().collect::<BTreeSet<_>>();
    thread::scope(|scope| {
        let started: Vec<_> =
            profiles.into_iter().map(|profile| scope.spawn(move || compile_all(profile))).collect();
        let mut outcome = Outcome::Unchanged;
        for one in started {
            if let Outcome::Done = one.join().expect("what fails returns an error")? {
                outcome = Outcome::Done;
            }
        }
        Ok(outcome)
    })
}

/// Those of one profile, one after the other.
fn compile_all(profile: &str) -> Result<Outcome> {
    let mut outcome = Outcome::Unchanged;
    for module in MODULES.into_iter().filter(|module| module.profile == profile) {
        let sources = ["crate", "Cargo.toml", "Cargo.lock", "rust-toolchain.toml", ".cargo"];
        let mut inputs = Digest::default().with(module).with(include_str!("wasm.rs"));
        for source in sources {
            inputs = inputs.with_files(&root().join(source), &|_| false)?;
        }
        let stamp = Stamp::new(compiled_folder().join(module.full_name()), module.compiled(), &inputs);
        if stamp.is_current() {
            continue;
        }
        fs::create_dir_all(compiled_folder())?;
        stamp.clear()?;
        let made = compile_one(module)?;
        fs::copy(&made, module.compiled()).with_context(|| format!("cannot copy {}", made.display()))?;
        stamp.keep()?;
        outcome = Outcome::Done;
    }
    Ok(outcome)
}

/// Has cargo compile a module and returns where it put it.
fn compile_one(module: Module) -> Result<PathBuf> {
    // Cargo gives all of them one file name, and would take another feature's file for the one it made before.
    let cargos = root().join("target").join(WASM_TARGET).join(module.profile);
    for file in [cargos.join("deps"), cargos].map(|folder| folder.join(format!("{}.wasm", BOUNDARY.1))) {
        let _ = fs::remove_file(file);
    }
    let mut cargo = process::cargo();
    cargo
        .args(["rustc", "--lib", "--crate-type", "cdylib", "--package", BOUNDARY.0])
        .args(["--target", WASM_TARGET, "--target-dir"])
        .arg(root().join("target"))
        .args(["--profile", module.profile, "--no-default-features", "--features", module.features])
        .args(["--message-format", "json-render-diagnostics"])
        .arg("--config")
        .arg(module.flavour.config(remapped_paths())?);
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

/// Makes `www/pkg/` of the compiled modules.
pub fn package(effort: Effort) -> Result<Outcome> {
    let mut inputs = Digest::default()
        .with(effort)
        // How the package is made is an input too.
        .with(include_str!("wasm.rs"))
        .with(include_str!("entries.rs"))
        .with(include_str!("node-entry.js"))
        .with_files(&root().join("Cargo.lock"), &|_| false)?
        .with_files(&www().join("node_modules/binaryen/package.json"), &|_| false)?;
    for module in MODULES {
        inputs = inputs.with_files(&module.compiled(), &|_| false)?;
    }
    let stamp = Stamp::new(folder().join(".stamp"), folder(), &inputs);
    if stamp.is_current() {
        return Ok(Outcome::Unchanged);
    }
    stamp.clear()?;
    for module in MODULES {
        match module.flavour {
            Flavour::Simd128 => bind(module, &folder())?,
            Flavour::Relaxed => bind_beside(module)?,
        }
    }
    if effort == Effort::Full {
        optimise_all()?;
    }
    entries::write(&folder())?;
    fs::write(folder().join("package.json"), entries::manifest()?)?;
    stamp.keep()?;
    Ok(Outcome::Done)
}

/// Writes a module and its JavaScript into a folder.
fn bind(module: Module, folder: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(module.compiled())
        .out_name(module.name)
        .web(true)?
        .typescript(true)
        .remove_producers_section(true)
        // A page can renew the instance after a panic, which leaves it unusable, without a reload.
        .reset_state_function(true)
        // wasm-bindgen's library leaves the address out unless it is told otherwise; its command line does not.
        .omit_default_module_path(!module.finds_itself)
        .generate(folder)
        .with_context(|| format!("wasm-bindgen failed on {}", module.full_name()))
}

/// Publishes another flavour of a module behind the JavaScript that is there, which must be its own too.
fn bind_beside(module: Module) -> Result<()> {
    let apart = compiled_folder().join(format!("{}.glue", module.full_name()));
    bind(module, &apart)?;
    for extension in ["js", "d.ts"] {
        let file = format!("{}.{extension}", module.name);
        ensure!(
            fs::read(apart.join(&file))? == fs::read(folder().join(&file))?,
            "{file} would differ between the flavours of {}: they cannot share it",
            module.name
        );
    }
    fs::copy(apart.join(format!("{}_bg.wasm", module.name)), module.published())?;
    Ok(())
}

/// Shrinks the published modules, as many at a time as there are cores: wasm-opt uses one.
fn optimise_all() -> Result<()> {
    let left = Mutex::new(MODULES.into_iter());
    let next = || left.lock().ok()?.next();
    let work = || -> Result<()> {
        while let Some(module) = next() {
            wasm_opt(&module.published(), module.passes, module.flavour)?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let started: Vec<_> =
            (0..thread::available_parallelism()?.get()).map(|_| scope.spawn(work)).collect();
        started.into_iter().try_for_each(|one| one.join().expect("what fails returns an error"))
    })
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
