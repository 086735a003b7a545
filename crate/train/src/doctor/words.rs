use super::signs::Signs;
use crate::Task;

/// A number with three figures that count.
pub(super) fn number(value: f64) -> String {
    if !value.is_finite() {
        return if value.is_nan() { "no number" } else { "inf" }.to_owned();
    }
    let size = value.abs();
    if size == 0.0 {
        return "0".to_owned();
    }
    if !(1e-4..1e5).contains(&size) {
        return format!("{value:.1e}");
    }
    let digits = (2 - size.log10().floor() as i32).max(0) as usize;
    let text = format!("{value:.digits$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// A share as a percentage.
pub(super) fn percent(share: f64) -> String {
    format!("{} %", (100.0 * share).round())
}

pub(super) fn end_in_words(signs: &Signs) -> String {
    let validation = signs.validation.map_or("none".to_owned(), number);
    format!("training {}, validation {validation}", number(signs.training))
}

/// What a loss means, in a sentence.
///
/// A cross entropy is the mean of `-ln p`, p being what the right answer is given, so `exp(-loss)` is the probability that
/// it is given on the whole; the root of a mean squared error is the size of a usual error.
pub fn loss_meaning(task: Task, loss: f64, accuracy: Option<f64>) -> String {
    let right =
        accuracy.map_or(String::new(), |share| format!(" It is right {} of the time.", percent(share)));
    let given = number(100.0 * (-loss).exp());
    match task {
        Task::Recall => format!(
            "A loss of {} gives the right token a probability of about {given} %; guessing among 8 gives it 12.5 %, which \
             loses ln 8 = 2.08.{right}",
            number(loss)
        ),
        Task::Order => format!(
            "A loss of {} gives the right answer a probability of about {given} %; guessing among 2 gives it 50 %, which \
             loses ln 2 = 0.693.{right}",
            number(loss)
        ),
        Task::Adding | Task::Sine => {
            let (what, usual) = match task {
                Task::Adding => ("sums from 0 to 2", number((1.0_f64 / 6.0).sqrt())),
                _ => ("values from \u{2212}1 to 1", number(0.5_f64.sqrt())),
            };
            format!(
                "A squared error of {} is an error of about {} for {what}; guessing is off by about {usual}.",
                number(loss),
                number(loss.max(0.0).sqrt())
            )
        }
    }
}
