//! `cargo xtask test`: every check, counted, each of which can be run alone.

mod ahead;
mod browser;
mod counts;
mod hosts;
mod licences;
mod rust;
mod site;
pub mod size;
mod walls;
mod www;

use std::fmt;
use std::process::ExitCode;
use std::time::Instant;

use ahead::Ahead;
use anyhow::{Result, bail, ensure};
pub use counts::Counts;

use crate::build::{self, Goal};
use crate::core;
use crate::steps::clock;
use crate::wasm::Effort;

/// One thing that can pass or fail, and be run alone by its name.
struct Check {
    part: &'static str,
    name: &'static str,
    about: &'static str,
    /// What must be built first.
    needs: Option<Goal>,
    /// Runs it, with further arguments for its test program, and counts.
    run: Run,
}

const WASM: Option<Goal> = Some(Goal::Wasm(Effort::Full));
const SITE: Option<Goal> = Some(Goal::Site(Effort::Full));

const CHECKS: &[Check] = &[
    check("rust", "fmt", "Rust is formatted", None, rust::fmt),
    check("rust", "walls", "rooms import what ARCHITECTURE.md says, no more and no less", None, walls::check),
    check("rust", "licences", "licences, sources and duplicates of all packages", None, licences::check),
    check("rust", "clippy", "Clippy, native", None, rust::clippy),
    check("rust", "doc", "Rust's documentation", None, rust::doc),
    check("rust", "package", "every crate can be packed for publication", None, rust::package),
    check("rust", "cargo", "Rust tests", None, rust::tests),
    check("www", "types", "TypeScript's types", WASM, www::types),
    check("www", "lint", "ESLint on www/, tests/ and bench/", WASM, www::lint),
    check("www", "unit", "unit tests of the page", WASM, www::unit),
    check("www", "node", "the built package in Node", WASM, www::node_tests),
    check("www", "golden", "PyTorch's answers, through the built package", WASM, core::test_package),
    check("site", "size", "what the page weighs, and the first visit against its budget", SITE, size::check),
    check("site", "audit", "Lighthouse on the built site, as a phone and as a desktop", SITE, site::audit),
    check(
        "site",
        "journey",
        "one way through the built site in Chromium, Firefox and WebKit",
        SITE,
        site::journey,
    ),
    check("browser", "browser", "the built site in a browser", SITE, browser::tests),
    check("hosts", "npm", "the npm package in Node, under Vite and without a bundler", SITE, hosts::npm),
    check(
        "hosts",
        "react",
        "the npm package's elements in a React project, in a browser",
        SITE,
        hosts::react,
    ),
    check("hosts", "tarball", "the npm package under publint and attw", SITE, hosts::tarball),
    check(
        "hosts",
        "deployed",
        "the site under the headers of docs/deploying.md, embedded from another origin",
        SITE,
        hosts::deployed,
    ),
    check("hosts", "mdbook", "a page of mdBook with our elements, in a browser", SITE, hosts::mdbook),
];

/// What takes too long for every change: part of `--all`, and chosen by name. What stands above stands for its like.
const LONGER: &[Check] = &[
    check(
        "longer",
        "looks",
        "more of the built site in a browser: every state, mistake and host",
        SITE,
        browser::longer,
    ),
    check(
        "longer",
        "clippy-wasm",
        "Clippy, wasm32: all of the boundary, and each module alone",
        None,
        rust::clippy_wasm,
    ),
    check("hosts", "vue", "the npm package's elements in a Vue project, in a browser", SITE, hosts::vue),
    check(
        "hosts",
        "sveltekit",
        "the npm package in a SvelteKit project, whose server draws its pages",
        SITE,
        hosts::sveltekit,
    ),
    check("hosts", "sphinx", "a page of Sphinx with our elements, in a browser", SITE, hosts::sphinx),
    check("hosts", "mkdocs", "a page of MkDocs with our elements, in a browser", SITE, hosts::mkdocs),
    check(
        "longer",
        "many",
        "100 000 damaged files of weights and 10 000 000 calls of diagnose, without a panic",
        None,
        rust::many,
    ),
    check(
        "longer",
        "inputs",
        "a million inputs for each part of the runner of programs, and 100 000 pasted texts",
        None,
        rust::inputs,
    ),
    check(
        "longer",
        "lesson",
        "the trained GRU that the page opens on is what its training gives",
        None,
        core::test_lesson_weights,
    ),
    check("longer", "systems", "the rooms compile for Windows and macOS", None, rust::systems),
    check("longer", "peers", "what the bench compares us with compiles", None, rust::peers),
];

type Run = fn(&[String]) -> Result<Counts>;

const fn check(
    part: &'static str,
    name: &'static str,
    about: &'static str,
    needs: Option<Goal>,
    run: Run,
) -> Check {
    Check { part, name, about, needs, run }
}

/// `cargo xtask test`
pub fn run(args: &[String]) -> Result<ExitCode> {
    let (names, rest) = match args.iter().position(|arg| arg == "--") {
        Some(at) => (&args[..at], &args[at + 1..]),
        None => (args, &[][..]),
    };
    let (names, is_built) = match names.split_first() {
        Some((first, names)) if first == "--no-build" => (names, true),
        _ => (names, false),
    };
    if names == ["--list"] {
        for check in CHECKS.iter().chain(LONGER) {
            println!("{:8} {:12} {}", check.part, check.name, check.about);
        }
        return Ok(ExitCode::SUCCESS);
    }
    let checks = choose(names)?;
    ensure!(rest.is_empty() || checks.len() == 1, "arguments after -- go to one check: name which");
    Ok(report(&run_all(&checks, is_built.then_some(Goal::Site(Effort::Full)), rest)))
}

fn choose(names: &[String]) -> Result<Vec<&'static Check>> {
    let all = || CHECKS.iter().chain(LONGER);
    let is_named = |check: &Check, name: &String| check.part == name || check.name == name;
    match names {
        [] => return Ok(CHECKS.iter().collect()),
        [name] if name == "--all" => return Ok(all().collect()),
        _ => {}
    }
    for name in names {
        if !all().any(|check| is_named(check, name)) {
            bail!("there is no part or check '{name}': see `cargo xtask test --list`");
        }
    }
    Ok(all().filter(|check| names.iter().any(|name| is_named(check, name))).collect())
}

/// How one check ended.
struct Ending {
    check: &'static Check,
    counts: Counts,
    /// Why it failed beyond what its program printed.
    why: Option<String>,
    took: String,
}

fn run_all(checks: &[&'static Check], mut built: Option<Goal>, rest: &[String]) -> Vec<Ending> {
    let mut endings = Vec::new();
    let mut ahead = wants_build_ahead(checks, built).then(Ahead::start).and_then(Result::ok);
    for (index, &check) in checks.iter().enumerate() {
        println!("\n== {}/{} {}: {} ==", index + 1, checks.len(), check.name, check.about);
        let began = Instant::now();
        let ended = prepare(check.needs, &mut built, &mut ahead).and_then(|()| (check.run)(rest));
        let (counts, why) = match ended {
            Ok(counts) => counts.judged(),
            Err(error) => (Counts::failure(), Some(format!("{error:#}"))),
        };
        if let Some(why) = &why {
            println!("{}: {why}", check.name);
        }
        endings.push(Ending { check, counts, why, took: clock(began) });
    }
    endings
}

fn prepare(needs: Option<Goal>, built: &mut Option<Goal>, ahead: &mut Option<Ahead>) -> Result<()> {
    if let Some(goal) = needs
        && built.is_none_or(|built| built < goal)
    {
        if let Some(ahead) = ahead.take() {
            ahead.wait()?;
        }
        // After a build ahead there is nothing left to do, or it says again what failed.
        build::reach(goal)?;
        *built = Some(goal);
    }
    Ok(())
}

/// Whether a check that needs nothing built comes before one that needs the site.
fn wants_build_ahead(checks: &[&'static Check], built: Option<Goal>) -> bool {
    built.is_none()
        && checks.first().is_some_and(|check| check.needs.is_none())
        && checks.iter().any(|check| check.needs == SITE)
}

fn report(endings: &[Ending]) -> ExitCode {
    println!("\n== what passed and what failed ==");
    let mut total = Counts::default();
    for ending in endings {
        println!("{ending}");
        total += ending.counts.clone();
    }
    for line in last_lines(&total) {
        println!("{line}");
    }
    if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What was left out and why, one line each, and then the totals in the form that continuous integration reads.
fn last_lines(total: &Counts) -> Vec<String> {
    let mut lines: Vec<_> = total.left_out.iter().map(|what| format!("left out: {what}")).collect();
    let skipped =
        if lines.is_empty() { String::new() } else { format!(", {} skipped", total.left_out.len()) };
    lines.push(format!("{} passed, {} failed{skipped}", total.passed, total.failed));
    lines
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { check, counts, why, took } = self;
        write!(f, "{:12} {:>5} ok {:>5} failed  {took:>5}", check.name, counts.passed, counts.failed)?;
        if !counts.left_out.is_empty() {
            write!(f, "  {} left out: see below", counts.left_out.len())?;
        }
        if counts.failed > 0 {
            write!(f, "  run it alone: cargo xtask test {}", check.name)?;
        }
        for name in &counts.failures {
            write!(f, "\n             failed: {name}")?;
        }
        for name in &counts.retried {
            write!(f, "\n             passed only when tried again: {name}")?;
        }
        if let Some(why) = why {
            write!(f, "\n             {why}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(args: &[&str]) -> Vec<&'static str> {
        let args: Vec<String> = args.iter().map(|&arg| arg.to_owned()).collect();
        choose(&args).unwrap().iter().map(|check| check.name).collect()
    }

    #[test]
    fn parts_and_checks_are_chosen_by_name() {
        assert_eq!(names(&[]).len(), CHECKS.len());
        assert_eq!(names(&["rust"]), ["fmt", "walls", "licences", "clippy", "doc", "package", "cargo"]);
        assert_eq!(names(&["browser", "size"]), ["size", "browser"]);
        assert_eq!(names(&["browser"]), ["browser"], "what follows -- goes to it");
        assert_eq!(
            names(&["longer"]),
            ["looks", "clippy-wasm", "many", "inputs", "lesson", "systems", "peers"]
        );
        let hosts = ["npm", "react", "tarball", "deployed", "mdbook", "vue", "sveltekit", "sphinx", "mkdocs"];
        assert_eq!(names(&["hosts"]), hosts, "those that only --all runs too");
        assert_eq!(names(&["--all"]).len(), CHECKS.len() + LONGER.len());
        assert!(choose(&["nonsense".to_owned()]).is_err());
    }

    #[test]
    fn the_last_lines_name_what_was_left_out_and_why() {
        let mut total = Counts { passed: 2117, ..Counts::default() };
        assert_eq!(last_lines(&total), ["2117 passed, 0 failed"]);
        total += Counts::left_out("webkit", "there is no WebKitWebDriver");
        total += Counts { passed: 1, failed: 1, ..Counts::default() };
        total += Counts::left_out("mdbook", "there is no Python to install it with");
        assert_eq!(
            last_lines(&total),
            [
                "left out: webkit: there is no WebKitWebDriver",
                "left out: mdbook: there is no Python to install it with",
                "2118 passed, 1 failed, 2 skipped",
            ]
        );
    }

    #[test]
    fn the_site_is_built_ahead_where_something_can_be_done_meanwhile() {
        let wanted = |names: &[&str], built| {
            let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
            wants_build_ahead(&choose(&names).unwrap(), built)
        };
        assert!(wanted(&[], None));
        assert!(wanted(&["clippy", "browser"], None));
        assert!(!wanted(&["rust"], None), "nothing needs it");
        assert!(!wanted(&["rust", "www"], None), "the modules are enough");
        assert!(!wanted(&["browser"], None), "nothing comes before it");
        assert!(!wanted(&[], SITE), "it is there");
    }

    #[test]
    fn what_was_built_is_not_built_again() {
        assert!(Goal::Wasm(Effort::Quick) < Goal::Wasm(Effort::Full));
        assert!(Goal::Wasm(Effort::Full) < Goal::Site(Effort::Quick));
        assert!(Goal::Site(Effort::Quick) < Goal::Site(Effort::Full));
    }
}
