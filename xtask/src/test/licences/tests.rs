use super::*;

fn package(name: &str, version: &str, license: &str) -> ResolvedPackage {
    ResolvedPackage {
        name: name.to_owned(),
        version: version.to_owned(),
        license: Some(license.to_owned()),
        source: Some(REGISTRY.to_owned()),
    }
}

#[test]
fn a_licence_is_judged_with_its_ands_and_ors() {
    for allowed in ["MIT", "MIT/Apache-2.0", "GPL-3.0-or-later OR MIT", "(MIT OR Apache-2.0) AND Unicode-3.0"]
    {
        assert_eq!(licence_fault(Some(allowed)), None, "{allowed}");
    }
    for refused in ["GPL-3.0-only", "MIT AND AGPL-3.0-only", "BUSL-1.1", "see LICENSE"] {
        assert!(licence_fault(Some(refused)).is_some(), "{refused}");
    }
    assert_eq!(licence_fault(None).as_deref(), Some("names no licence"));
}

#[test]
fn a_crate_from_elsewhere_is_named() {
    let git = ResolvedPackage {
        source: Some("git+https://example.org/a".to_owned()),
        ..package("a", "1.0.0", "MIT")
    };
    let own = ResolvedPackage { source: None, ..package("b", "0.1.0", "MIT") };
    assert_eq!(crate_faults(&[git, own]), ["a 1.0.0 comes from git+https://example.org/a"]);
    assert_eq!(crate_faults(&[package("a", "1.0.0", "GPL-2.0-only")]).len(), 1);
}

#[test]
fn a_crate_that_stands_twice_needs_a_reason_and_a_reason_needs_the_crate() {
    let twice = [package("a", "1.0.0", "MIT"), package("a", "2.0.0", "MIT"), package("b", "1.0.0", "MIT")];
    let fault = "a stands 2 times, 1.0.0 and 2.0.0: `cargo tree --duplicates` says why";
    assert_eq!(repetitions(&twice, &[]), [fault]);
    assert!(repetitions(&twice, &[("a", "because")]).is_empty());
    assert_eq!(repetitions(&twice[1..], &[("a", "because")]).len(), 1);
}

#[test]
fn a_lock_of_npm_names_hash_and_licence_of_every_package() {
    let lock = |package: &str| -> Vec<String> {
        let text = format!(r#"{{"packages": {{"": {{"license": "MIT"}}, "node_modules/a": {package}}}}}"#);
        serde_json::from_str::<NpmLock>(&text).unwrap().faults().collect()
    };
    assert!(lock(r#"{"license": "ISC", "integrity": "sha512-x"}"#).is_empty());
    assert_eq!(lock(r#"{"license": "GPL-3.0-only", "integrity": "sha512-x"}"#).len(), 1);
    assert_eq!(lock(r#"{"integrity": "sha512-x"}"#), ["node_modules/a names no licence"]);
    let elsewhere = ["node_modules/a comes from elsewhere than npm's registry"];
    assert_eq!(lock(r#"{"license": "MIT"}"#), elsewhere);
    let url = r#"{"license": "MIT", "integrity": "sha512-x", "resolved": "https://example.org/a.tgz"}"#;
    assert_eq!(lock(url), elsewhere);
}
