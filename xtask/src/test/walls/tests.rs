use super::*;

const MAP: &str = "\
# Map
## `crate/`: the core
| room | what for | may know |
|---|---|---|
| `num` | numbers | nothing else here |
| `nn` | modules | `num`, `rng` |

| another | table |
## `www/`
| room | what for | may know |
|---|---|---|
| `ui/` | parts | `engine/` |
";

fn walls(rooms: &[(&str, &[&str])]) -> Walls {
    let known = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    rooms.iter().map(|&(room, names)| (room.to_owned(), known(names))).collect()
}

#[test]
fn tables_are_read_below_their_headings() {
    assert_eq!(table(MAP, "## `crate/`").unwrap(), walls(&[("num", &[]), ("nn", &["num", "rng"])]));
    assert_eq!(table(MAP, "## `www/`").unwrap(), walls(&[("ui", &["engine"])]));
    assert!(table(MAP, "## `tests/`").is_err());
}

#[test]
fn every_difference_is_told() {
    let told = walls(&[("num", &[]), ("nn", &["num", "rng"]), ("gone", &[])]);
    let found = walls(&[("num", &["nn"]), ("nn", &["num"]), ("new", &[])]);
    let faults = differences("crate/", &told, &found);
    assert_eq!(
        faults,
        [
            "ARCHITECTURE.md names crate/gone, which is not there",
            "ARCHITECTURE.md does not name crate/new",
            "crate/nn may know rng, but does not import it",
            "crate/num imports nn, which it may not know",
        ]
    );
    assert!(differences("crate/", &told, &told).is_empty());
}

#[test]
fn imports_of_every_form_are_found() {
    let script = "import '../ui/a.js';\nimport { b } from \"../engine/b.js\";\nexport * from './c.js';\n\
                  const d = await import('../lab/d.js');\nimport { html } from 'lit';\n// words from nowhere";
    let found: BTreeSet<_> = imports(script).collect();
    assert_eq!(found, BTreeSet::from(["../ui/a.js", "../engine/b.js", "./c.js", "../lab/d.js"]));
}

#[test]
fn an_import_leads_to_a_folder() {
    let room = |import| page_room(Path::new("/src"), Path::new("/src/lab/train/a.ts"), import);
    assert_eq!(room("../../ui/gru-listing.js").as_deref(), Some("ui"));
    assert_eq!(room("./b.js").as_deref(), Some("lab"));
    assert_eq!(room("../../../pkg/gru_page.js"), None);
    assert_eq!(room("../../main.js"), None);
}

#[test]
fn a_type_name_stands_for_one_type() {
    let source = "pub struct Place {\n}\nimpl A for B {\n    type Output = u8;\n}\nfn f() {\n    struct Inner;\n}\n\
                  pub(crate) type Sums = [f32; 3];\n#[cfg(test)]\nmod tests {\n    struct Tried;\n}\n";
    let defined: Vec<_> = types(source).collect();
    assert_eq!(defined, [("Place", true), ("Inner", false), ("Sums", false)]);
    let files = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    let definitions =
        BTreeMap::from([("Run".to_owned(), files(&["a.rs", "b.rs"])), ("Walk".to_owned(), files(&["a.rs"]))]);
    assert_eq!(repeated_types(&definitions), ["Run names more than one type: a.rs, b.rs"]);
}

#[test]
fn a_room_above_is_one_that_knows_it() {
    let walls = walls(&[("num", &[]), ("nn", &["num"]), ("train", &["nn"])]);
    assert!(reaches(&walls, "train", "num"));
    assert!(!reaches(&walls, "num", "train"));
}
