//! What a rule is: a mistake, and a way in which releases refuse it.

use super::shared::candidate::Candidate;
use super::shared::explanation::Explanation;
use super::view::View;
use crate::call::Release;

/// Where in the code an exception is raised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// `gru = nn.GRU(...)`.
    Constructor,
    /// `x = torch.randn(...)`.
    Input,
    /// `h_0 = torch.randn(...)`.
    H0,
    /// `out, h_n = gru(x, h_0)`.
    Call,
}

/// A mistake, whichever release looks at it. None is without its why or its fixes.
pub(crate) struct Mistake {
    /// A stable name such as `input-features`; the mistake's file has it too.
    pub(crate) code: &'static str,
    pub(crate) stage: Stage,
    /// Why it is one, where to look, and what else is worth knowing.
    pub(crate) why: fn(&View) -> Explanation,
    /// What may mend it, the likeliest first. A candidate need not make the call legal, for what is
    /// left is mended after it (`fix`); one of them certainly gets past this mistake.
    pub(crate) fixes: fn(&View) -> Vec<Candidate>,
}

/// A way in which releases refuse a mistake. Which ones do, and when, is for the table to say.
pub(crate) struct Rule {
    pub(crate) mistake: &'static Mistake,
    /// The exception's class.
    pub(crate) exception: &'static str,
    /// Whether it is raised for a call that has got so far.
    pub(crate) applies: fn(&View) -> bool,
    message: fn(&View) -> String,
}

impl Mistake {
    /// The rule that an exception of this class and message is raised where the condition holds.
    pub(crate) const fn raises(
        &'static self,
        exception: &'static str,
        applies: fn(&View) -> bool,
        message: fn(&View) -> String,
    ) -> Rule {
        Rule { mistake: self, exception, applies, message }
    }
}

impl Rule {
    /// What `PyTorch` says of a call that this rule refuses.
    pub(crate) fn message(&self, view: &View) -> String {
        // How much of a message fitted into the buffer of 1024 bytes that PyTorch once wrote its
        // TypeErrors into; only ASCII is as long as that.
        const BUFFER: usize = 1023;
        let mut message = (self.message)(view);
        if self.exception == "TypeError"
            && view.call.release < Release::new(2, 9, 0)
            && message.is_char_boundary(BUFFER.min(message.len()))
        {
            message.truncate(BUFFER);
        }
        message
    }
}
