//! The tables of ARCHITECTURE.md against what the rooms really import, and the core's type names, each used once.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::counts::Counts;
use crate::process::cargo;
use crate::{root, www};

/// What each room knows, by name.
type Walls = BTreeMap<String, BTreeSet<String>>;

/// Packages that only the boundary may depend on.
const BOUNDARY_ONLY: [&str; 4] = ["js-sys", "serde-wasm-bindgen", "wasm-bindgen", "web-sys"];
/// The same as its sources write them.
const BOUNDARY_NAMES: [&str; 4] = ["js_sys", "serde_wasm_bindgen", "wasm_bindgen", "web_sys"];
const BOUNDARY: &str = "wasm";
/// A module that is written once for each machine, one of which is compiled.
const OF_EACH_MACHINE: &str = "crate/kernel/src/simd";

pub fn check(_rest: &[String]) -> Result<Counts> {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).context("ARCHITECTURE.md")?;
    let packages = packages()?;
    let mut faults = differences("crate/", &table(&map, "## `crate/`")?, &crate_walls(&packages));
    faults.extend(differences("www/src/", &table(&map, "## `www/`")?, &page_walls(&www().join("src"))?));
    faults.extend(outside_the_boundary(&packages));
    faults.extend(named_outside_the_boundary(&packages)?);
    faults.extend(repeated_types(&type_definitions(&packages)?));
    for fault in &faults {
        println!("{fault}");
    }
    Ok(Counts::one(faults.is_empty()))
}

/// The rooms in the first table below a heading: a name in the first column, what it may know in the last.
fn table(map: &str, heading: &str) -> Result<Walls> {
    let section = map.split_once(heading).with_context(|| format!("ARCHITECTURE.md has no '{heading}'"))?.1;
    let rows =
        section.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let mut walls = Walls::new();
    for row in rows.skip(2) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').collect();
        let (Some(first), Some(last)) = (cells.first(), cells.last()) else { continue };
        let name = quoted(first).next().with_context(|| format!("a row without a room: {row}"))?;
        walls.insert(name, quoted(last).collect());
    }
    ensure!(!walls.is_empty(), "ARCHITECTURE.md has no table below '{heading}'");
    Ok(walls)
}

/// The names between backticks, without a folder's slash.
fn quoted(cell: &str) -> impl Iterator<Item = String> {
    cell.split('`').skip(1).step_by(2).map(|name| name.trim_end_matches('/').to_owned())
}

/// A sentence for each room or import that stands on one side only.
fn differences(place: &str, told: &Walls, found: &Walls) -> Vec<String> {
    let nothing = BTreeSet::new();
    let rooms: BTreeSet<&String> = told.keys().chain(found.keys()).collect();
    let mut faults = Vec::new();
    for room in rooms {
        if !found.contains_key(room) {
            faults.push(format!("ARCHITECTURE.md names {place}{room}, which is not there"));
            continue;
        }
        if !told.contains_key(room) {
            faults.push(format!("ARCHITECTURE.md does not name {place}{room}"));
        }
        let (told, found) = (told.get(room).unwrap_or(&nothing), found.get(room).unwrap_or(&nothing));
        faults.extend(
            found
                .difference(told)
                .map(|other| format!("{place}{room} imports {other}, which it may not know")),
        );
        faults.extend(
            told.difference(found)
                .map(|other| format!("{place}{room} may know {other}, but does not import it")),
        );
    }
    faults
}

/// A package of the workspace, as cargo tells it.
#[derive(Deserialize)]
struct Package {
    manifest_path: PathBuf,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    /// `dev`, `build` or none.
    kind: Option<String>,
    /// Where it lies, if it is of the workspace.
    path: Option<PathBuf>,
}

impl Package {
    fn folder(&self) -> &Path {
        self.manifest_path.parent().unwrap_or(&self.manifest_path)
    }

    /// The room's name, if it is one.
    fn room(&self) -> Option<String> {
        room_of(self.folder())
    }
}

/// The name of the folder in `crate/`; that of the front itself is `crate`.
fn room_of(folder: &Path) -> Option<String> {
    let crates = root().join("crate");
    let is_room = folder == crates || folder.parent() == Some(&crates);
    is_room.then(|| folder.file_name().unwrap_or_default().to_string_lossy().into_owned())
}

fn packages() -> Result<Vec<Package>> {
    #[derive(Deserialize)]
    struct Metadata {
        packages: Vec<Package>,
    }
    let output = cargo().args(["metadata", "--no-deps", "--format-version", "1"]).output()?;
    ensure!(output.status.success(), "`cargo metadata` failed: {}", String::from_utf8_lossy(&output.stderr));
    Ok(serde_json::from_slice::<Metadata>(&output.stdout)?.packages)
}

/// What each crate depends on, its tests aside.
fn crate_walls(packages: &[Package]) -> Walls {
    let mut walls = Walls::new();
    for package in packages {
        let Some(room) = package.room() else { continue };
        let normal = package.dependencies.iter().filter(|it| it.kind.as_deref() != Some("dev"));
        let rooms = |it: &Dependency| it.path.as_deref().and_then(room_of);
        let known: BTreeSet<String> = normal.filter_map(rooms).collect();
        walls.insert(room, known);
    }
    walls
}

/// Dependencies that only the boundary may have, and tests that reach for a room above their own.
fn outside_the_boundary(packages: &[Package]) -> Vec<String> {
    let walls = crate_walls(packages);
    let mut faults = Vec::new();
    for package in packages {
        let Some(room) = package.room() else { continue };
        for dependency in &package.dependencies {
            let name = &dependency.name;
            if room != BOUNDARY && BOUNDARY_ONLY.contains(&name.as_str()) {
                faults.push(format!("crate/{room} depends on {name}, which only crate/{BOUNDARY} may name"));
            }
            if let Some(other) = dependency.path.as_deref().and_then(room_of)
                && dependency.kind.as_deref() == Some("dev")
                && reaches(&walls, &other, &room)
            {
                faults.push(format!("the tests of crate/{room} depend on crate/{other}, a room above it"));
            }
        }
    }
    faults
}

/// Sources of other rooms that name a crate of the boundary's.
fn named_outside_the_boundary(packages: &[Package]) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for package in packages {
        let Some(room) = package.room().filter(|room| room != BOUNDARY) else { continue };
        for file in files(&package.folder().join("src"), &is_rust)? {
            let text = fs::read_to_string(&file)?;
            let named = BOUNDARY_NAMES.iter().filter(|name| text.contains(*name));
            let file = file.strip_prefix(root()).unwrap_or(&file).display();
            faults.extend(named.map(|name| {
                format!("{file} names {name}, which only crate/{BOUNDARY} may, not crate/{room}")
            }));
        }
    }
    Ok(faults)
}

/// Whether a file is `tests.rs`, or stands in a folder `tests`.
fn is_of_tests(path: &Path) -> bool {
    path.ends_with("tests.rs") || path.parent().is_some_and(|folder| folder.ends_with("tests"))
}

/// A type that a file defines: its name, and whether it is public.
type Definition<'a> = (&'a str, bool);

/// Where each type name of the rooms is defined; tests are left out.
fn type_definitions(packages: &[Package]) -> Result<BTreeMap<String, Vec<String>>> {
    let mut found = BTreeMap::<String, Vec<String>>::new();
    for package in packages {
        let Some(room) = package.room() else { continue };
        for file in files(&package.folder().join("src"), &|path| is_rust(path) && !is_of_tests(path))? {
            let text = fs::read_to_string(&file)?;
            let file = file.strip_prefix(root()).unwrap_or(&file);
            // What the boundary exports has the name of what it gives to JavaScript.
            let defined = types(&text).filter(|&(_, is_public)| room != BOUNDARY || !is_public);
            for (name, _) in defined.filter(|_| !file.starts_with(OF_EACH_MACHINE)) {
                found.entry(name.to_owned()).or_default().push(file.display().to_string());
            }
        }
    }
    Ok(found)
}

/// The types that a source defines outside its tests; an associated type is no name of its own.
fn types(source: &str) -> impl Iterator<Item = Definition<'_>> {
    let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    source.lines().filter_map(|line| {
        let (visibility, item) = match line.trim_start().strip_prefix("pub") {
            Some(rest) => rest.split_once(' ')?,
            None => ("private", line.trim_start()),
        };
        let (keyword, rest) = item.split_once(' ')?;
        let is_nested = line.starts_with(' ');
        let is_type = ["struct", "enum", "trait"].contains(&keyword) || (keyword == "type" && !is_nested);
        let name = rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next()?;
        is_type.then_some((name, visibility.is_empty()))
    })
}

/// A sentence for each type name that is defined more than once.
fn repeated_types(definitions: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let repeated = definitions.iter().filter(|(_, files)| files.len() > 1);
    repeated.map(|(name, files)| format!("{name} names more than one type: {}", files.join(", "))).collect()
}

/// Whether a room knows another, itself or by way of others.
fn reaches(walls: &Walls, from: &str, to: &str) -> bool {
    walls
        .get(from)
        .is_some_and(|known| known.contains(to) || known.iter().any(|next| reaches(walls, next, to)))
}

/// What the folders of the page import of each other; tests are left out.
fn page_walls(sources: &Path) -> Result<Walls> {
    let mut walls = Walls::new();
    for entry in fs::read_dir(sources)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            let room = entry.file_name().to_string_lossy().into_owned();
            let mut known = BTreeSet::new();
            for file in files(&entry.path(), &is_script)? {
                let text = fs::read_to_string(&file)?;
                known.extend(imports(&text).filter_map(|path| page_room(sources, &file, path)));
            }
            known.remove(&room);
            walls.insert(room, known);
        }
    }
    Ok(walls)
}

fn is_rust(path: &Path) -> bool {
    path.extension().is_some_and(|it| it == "rs")
}

/// A script of the page, but not a test.
fn is_script(path: &Path) -> bool {
    let is_test = path.file_stem().is_some_and(|stem| stem.to_string_lossy().ends_with(".test"));
    path.extension().is_some_and(|it| it == "ts") && !is_test
}

/// Every file below a folder that `wanted` takes.
fn files(folder: &Path, wanted: &dyn Fn(&Path) -> bool) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path, wanted)?);
        } else if wanted(&path) {
            found.push(path);
        }
    }
    Ok(found)
}

/// The relative paths that a script imports, in any of its forms.
fn imports(script: &str) -> impl Iterator<Item = &str> {
    let after = |word: &'static str| script.split(word).skip(1);
    let statements = after(" from ").chain(after("import ")).chain(after("import("));
    statements.filter_map(|rest| {
        let rest = rest.trim_start();
        let quote = rest.chars().next().filter(|mark| ['\'', '"'].contains(mark))?;
        let path = rest[1..].split(quote).next()?;
        path.starts_with('.').then_some(path)
    })
}

/// The folder of the page's sources that an import leads to.
fn page_room(sources: &Path, file: &Path, import: &str) -> Option<String> {
    let mut target = file.parent()?.to_owned();
    for part in Path::new(import).components() {
        match part {
            Component::ParentDir => {
                target.pop();
            }
            Component::Normal(part) => target.push(part),
            _ => {}
        }
    }
    let mut inside = target.strip_prefix(sources).ok()?.components();
    let room = inside.next()?.as_os_str().to_string_lossy().into_owned();
    inside.next().map(|_| room)
}

#[cfg(test)]
mod tests;
