//! A device that names no place.

use crate::diagnostic::prelude::*;

static MISTAKE: Mistake = Mistake {
    code: "device-kind",
    stage: Stage::Constructor,
    why,
    fixes: |_| vec![Candidate::new("leave device out", [without_option("device")])],
};

/// `torch.empty(..., device=device)`.
pub(super) static RULE: Rule = MISTAKE.raises(
    "TypeError",
    |view| !matches!(view.value("device"), Value::None | Value::Str(_) | Value::Int(_) | Value::Int64(_)),
    |view| creation::refused_factory(view, "device"),
);

fn why(view: &View) -> Explanation {
    let kind = article(view.value("device").type_name());
    Explanation::new(format!("device says where the parameters are, such as \"cpu\"; {kind} names no place."))
        .at_option("device", "not a device")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_text_or_a_number() {
        let flag = example().other("device", true).refused_as(&MISTAKE);
        flag.says("2.15", "empty(): argument 'device' must be torch.device, not bool")
            .is_mended_by("leave device out");
        flag.says_among_others("2.10", "got (tuple, dtype=NoneType, device=bool)");
    }
}
