use super::*;

/// A folder below the system's for temporary files, gone at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("gru-xtask-{}-{name}", std::process::id()));
        fs::create_dir_all(path.join("in")).unwrap();
        fs::create_dir_all(path.join("out")).unwrap();
        Self(path)
    }

    fn stamp(&self) -> Stamp {
        let inputs = Digest::default().with_files(&self.0.join("in"), &|_| false).unwrap();
        Stamp::new(self.0.join("out/.stamp"), self.0.join("out"), &inputs)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

#[test]
fn a_step_is_current_until_an_input_or_an_output_changes() {
    let folder = Folder::new("current");
    let (input, output) = (folder.0.join("in/a"), folder.0.join("out/b"));
    fs::write(&input, "1").unwrap();
    assert!(!folder.stamp().is_current(), "it never ran");
    fs::write(&output, "made").unwrap();
    folder.stamp().keep().unwrap();
    assert!(folder.stamp().is_current());
    fs::write(&input, "2").unwrap();
    assert!(!folder.stamp().is_current(), "the input changed");
    fs::write(&input, "1").unwrap();
    assert!(folder.stamp().is_current(), "and changed back");
    fs::write(&output, "meddled").unwrap();
    assert!(!folder.stamp().is_current(), "the output was touched");
}

#[test]
fn a_step_that_broke_off_is_not_current() {
    let folder = Folder::new("cleared");
    folder.stamp().keep().unwrap();
    folder.stamp().clear().unwrap();
    folder.stamp().clear().unwrap();
    assert!(!folder.stamp().is_current());
}

#[test]
fn a_renamed_file_changes_the_digest() {
    let folder = Folder::new("renamed");
    fs::write(folder.0.join("in/a"), "1").unwrap();
    let before = folder.stamp().inputs;
    fs::rename(folder.0.join("in/a"), folder.0.join("in/b")).unwrap();
    assert_ne!(before, folder.stamp().inputs);
}
