//! The script of a model of characters.

use call::py::{CodeLine, highlight};
use num::float::plain;

use super::data::MOST_JUDGED;
use super::lesson::VALIDATE_EVERY;
use super::{TextData, TextSetup};
use crate::text::harmless;

/// The script that does in `PyTorch` what [`TextLesson`](crate::TextLesson) does here with a text in a file of this name: read, split,
/// count, train, write.
pub fn text_script(setup: &TextSetup, data: &TextData, file: &str) -> Vec<CodeLine> {
    let mut lines = reading(setup, file);
    lines.extend(counting());
    lines.extend(model(setup));
    lines.extend(writing(setup, &data.prompt(setup)));
    lines.extend(training(setup));
    lines.iter().map(|line| highlight(line)).collect()
}

fn owned<const N: usize>(lines: [&str; N]) -> Vec<String> {
    lines.map(str::to_owned).to_vec()
}

fn reading(setup: &TextSetup, file: &str) -> Vec<String> {
    let mut lines = owned(["import torch", "import torch.nn as nn", ""]);
    lines.push(format!("with open(\"{}\", encoding=\"utf-8-sig\") as file:", harmless(file)));
    lines.extend(owned([
        "    text = file.read()",
        "vocabulary = sorted(set(text))  # V characters",
        "number = {character: place for place, character in enumerate(vocabulary)}",
        "ids = torch.tensor([number[character] for character in text])",
        "train = len(ids) * 9 // 10  # in order: what comes after is never trained on",
        "",
    ]));
    lines.extend([
        format!("torch.manual_seed({})", setup.seed),
        format!("seq_len, batch, hidden_size = {}, {}, {}", setup.seq_len, setup.batch, setup.hidden_size),
        format!("count = min((len(ids) - train - 1) // seq_len, {MOST_JUDGED})"),
        "x_val = ids[train:train + count * seq_len].view(count, seq_len)".to_owned(),
        "y_val = ids[train + 1:train + count * seq_len + 1]  # the character after each".to_owned(),
    ]);
    lines
}

fn counting() -> Vec<String> {
    owned([
        "",
        "# What counts alone know: which character is frequent, and which follows which.",
        "V = len(vocabulary)",
        "single = torch.bincount(ids[:train], minlength=V).double() + 1",
        "pairs = torch.bincount(ids[:train - 1] * V + ids[1:train], minlength=V * V).double().view(V, V) + 1",
        "guesses = []",
        "for counts in (torch.ones(V, V).double(), single.expand(V, V), pairs):",
        "    shares = counts / counts.sum(dim=1, keepdim=True)",
        "    guesses.append(nn.functional.nll_loss(shares.log()[x_val.flatten()], y_val).item())",
        "print(\"all alike {:.3f}, frequencies {:.3f}, pairs {:.3f}\".format(*guesses))",
    ])
}

fn model(setup: &TextSetup) -> Vec<String> {
    let mut lines =
        owned(["", "", "class Model(nn.Module):", "    def __init__(self):", "        super().__init__()"]);
    lines.extend([
        format!("        self.embedding = nn.Embedding(V, {})", setup.embedding_dim),
        format!("        self.gru = nn.GRU({}, hidden_size, batch_first=True)", setup.embedding_dim),
    ]);
    lines.extend(owned([
        "        self.fc = nn.Linear(hidden_size, V)",
        "",
        "    def forward(self, x, h=None):",
        "        out, h = self.gru(self.embedding(x), h)  # out: (n, seq_len, hidden_size)",
        "        return self.fc(out), h  # after every character: (n, seq_len, V)",
    ]));
    lines
}

fn writing(setup: &TextSetup, prompt: &str) -> Vec<String> {
    let mut lines = owned(["", "", "def write():"]);
    lines.extend([
        format!(
            "    dice = torch.Generator().manual_seed({})  # the same dice each time: only the weights differ",
            setup.sample_seed
        ),
        format!("    told, h = {}, None", literal(prompt)),
    ]);
    lines.extend(owned([
        "    read = torch.tensor([[number[character] for character in told]])",
        "    with torch.no_grad():",
    ]));
    lines.push(format!("        for _ in range({}):", setup.length));
    lines.push("            logits, h = model(read, h)".to_owned());
    lines.push(format!(
        "            shares = torch.softmax(logits[0, -1] / {}, dim=0)  # the temperature",
        plain(setup.temperature)
    ));
    lines.extend(owned([
        "            pick = torch.multinomial(shares, 1, generator=dice)",
        "            told += vocabulary[pick]",
        "            read = pick.unsqueeze(0)",
        "    return told",
    ]));
    lines
}

fn training(setup: &TextSetup) -> Vec<String> {
    let mut lines = owned(["", "", "model = Model()", "criterion = nn.CrossEntropyLoss()"]);
    lines.extend([
        format!("optimizer = torch.optim.Adam(model.parameters(), lr={})", plain(setup.lr)),
        String::new(),
        "losses, validation, written = [], [], []".to_owned(),
        format!("for step in range({}):", setup.steps),
        format!("    if step % {} == 0:", setup.sample_every),
    ]);
    lines.extend(owned([
        "        written.append(write())",
        "        print(f\"--- after {step} training steps\\n{written[-1]}\")",
        "    start = torch.randint(0, train - seq_len, (batch, 1))",
        "    rows = start + torch.arange(seq_len)",
        "    logits, h = model(ids[rows])",
        "    loss = criterion(logits.flatten(0, 1), ids[rows + 1].flatten())",
        "    optimizer.zero_grad()",
        "    loss.backward()",
        "    optimizer.step()",
        "    losses.append(loss.item())",
    ]));
    lines.push(format!("    if (step + 1) % {VALIDATE_EVERY} == 0:"));
    lines.extend(owned([
        "        with torch.no_grad():",
        "            logits, h = model(x_val)",
        "        validation.append(criterion(logits.flatten(0, 1), y_val).item())",
        "        accuracy = (logits.flatten(0, 1).argmax(dim=1) == y_val).float().mean().item()",
        "        print(f\"step {step + 1}: loss {losses[-1]:.4f}, validation {validation[-1]:.4f}, right {accuracy:.0%}\")",
        "",
        "written.append(write())",
        "print(f\"--- at the end\\n{written[-1]}\")",
    ]));
    lines
}

/// A text as a Python literal: what is not seen is written by its number.
fn literal(text: &str) -> String {
    let mut literal = String::from("\"");
    for character in text.chars() {
        let turns = matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
        match character {
            '"' | '\\' => literal.extend(['\\', character]),
            '\n' => literal.push_str("\\n"),
            '\t' => literal.push_str("\\t"),
            _ if turns || character.is_control() => {
                literal.extend(format!("\\u{:04x}", u32::from(character)).chars());
            }
            _ => literal.push(character),
        }
    }
    literal.push('"');
    literal
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn a_prompt_is_a_literal_of_python_whatever_it_has() {
        assert_eq!(literal("a\"b\\\n\t\u{7}\u{202e}é"), "\"a\\\"b\\\\\\n\\t\\u0007\\u202eé\"");
    }
}
