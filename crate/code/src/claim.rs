//! What a program found that puts a claim to the test.

use serde::Serialize;

/// What the cases of a claim come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum ClaimVerdict {
    /// It holds in every case.
    Holds,
    /// It fails in every case.
    Fails,
    /// It holds in some cases and fails in others.
    Depends,
    /// No case was tried.
    Open,
}

/// One case that a program tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ClaimCase {
    /// Whether the claim holds in it.
    pub holds: bool,
    /// What was set, and what came of it.
    pub words: String,
}

/// A claim and the cases in which it was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ClaimJudgement {
    /// What the cases come to.
    pub verdict: ClaimVerdict,
    /// The cases, in the order in which they were printed.
    pub cases: Vec<ClaimCase>,
}

/// Judges a claim by what a program printed: a line `holds | WORDS` or `fails | WORDS` is a case, other lines are not.
pub fn judge_claim(printed: &str) -> ClaimJudgement {
    let cases: Vec<ClaimCase> = printed
        .lines()
        .filter_map(|line| {
            let (verdict, words) = line.split_once(" | ")?;
            let holds = match verdict {
                "holds" => true,
                "fails" => false,
                _ => return None,
            };
            Some(ClaimCase { holds, words: words.to_owned() })
        })
        .collect();
    let verdict = match (cases.iter().any(|case| case.holds), cases.iter().any(|case| !case.holds)) {
        (true, true) => ClaimVerdict::Depends,
        (true, false) => ClaimVerdict::Holds,
        (false, true) => ClaimVerdict::Fails,
        (false, false) => ClaimVerdict::Open,
    };
    ClaimJudgement { verdict, cases }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(printed: &str) -> ClaimVerdict {
        judge_claim(printed).verdict
    }

    #[test]
    fn a_claim_holds_where_every_case_does_and_depends_where_some_do() {
        assert_eq!(verdict("holds | a\nholds | b\n"), ClaimVerdict::Holds);
        assert_eq!(verdict("fails | a\nfails | b\n"), ClaimVerdict::Fails);
        assert_eq!(verdict("fails | a\nholds | b\n"), ClaimVerdict::Depends);
    }

    #[test]
    fn what_is_no_case_counts_for_nothing() {
        assert_eq!(verdict(""), ClaimVerdict::Open);
        assert_eq!(verdict("it holds | a\nholds\nfails|b\n"), ClaimVerdict::Open);
        let words =
            |printed| judge_claim(printed).cases.into_iter().map(|case| case.words).collect::<Vec<_>>();
        assert_eq!(words("tensor([1.])\nholds | N=3 | L=5\n"), ["N=3 | L=5"]);
    }
}
