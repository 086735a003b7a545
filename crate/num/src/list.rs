/// Sizes as Python prints a list of ints: `[5, 3, 10]`.
///
/// ```
/// assert_eq!(gru_playground_num::list(&[5, 3, 10]), "[5, 3, 10]");
/// ```
pub fn list(sizes: &[usize]) -> String {
    format!("{sizes:?}")
}
