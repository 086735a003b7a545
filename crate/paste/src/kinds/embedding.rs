//! What embeddings and one-hot codes say.

use super::prelude::*;

fn index(found: &Hit) -> Says {
    let site = found.site(&["embedding", "embed", "emb", "self.embedding"]).or_else(|| found.call());
    let ids = arg_or(site.as_ref(), 0, "x").to_owned();
    let made = found.site(&["Embedding"]);
    let rows = made
        .as_ref()
        .and_then(|site| site.arg(0).or(site.keyword("num_embeddings")))
        .unwrap_or("num_embeddings")
        .to_owned();
    let layer =
        site.as_ref().filter(|site| is_dotted(&site.callee)).map_or("embedding", |site| site.callee.as_str());
    let mend = match made {
        Some(made) if made.keyword("num_embeddings").is_some() => {
            made.with_keyword("num_embeddings", &format!("int({ids}.max()) + 1"))
        }
        Some(made) if made.targets().is_some() => made.with_arg(0, &format!("int({ids}.max()) + 1")),
        _ => format!("{layer} = nn.Embedding(int({ids}.max()) + 1, {layer}.embedding_dim)"),
    };
    Says::new(
        format!(
            "{ids} holds an index that the embedding has no row for: valid are 0 to {rows} - 1, and the largest (or a negative one) lies outside. Often the padding or unknown word got the number {rows}, one too many."
        ),
        format!("{mend}  # rows = the largest index + 1; see print({ids}.min(), {ids}.max())"),
    )
}

fn dtype_of_index(found: &Hit) -> Says {
    let given = found.text("type").to_owned();
    let site = found.call();
    let ids = arg_or(site.as_ref(), 0, "x").to_owned();
    Says::new(
        format!(
            "nn.Embedding looks rows up by index, so it takes int64 or int32, and {ids} is {given}. Features that are measured, not counted, go into the GRU without an embedding."
        ),
        site.map_or_else(
            || format!("{ids} = {ids}.long()"),
            |site| site.with_arg(0, &format!("{ids}.long()")),
        ),
    )
}

fn one_hot(found: &Hit) -> Says {
    let site = found.site(&["one_hot"]);
    let ids = arg_or(site.as_ref(), 0, "ids").to_owned();
    if found.mentions("one_hot is only applicable to index tensor") {
        return Says::new(
            format!("one_hot counts in int64, and {ids} has another type."),
            site.map_or_else(
                || format!("x = F.one_hot({ids}.long())"),
                |site| site.with_arg(0, &format!("{ids}.long()")),
            ),
        );
    }
    let mended = site.as_ref().map_or_else(
        || format!("x = F.one_hot({ids}, num_classes=int({ids}.max()) + 1)"),
        |site| {
            if site.keyword("num_classes").is_none() && site.args.len() > 1 {
                site.with_arg(1, &format!("int({ids}.max()) + 1"))
            } else {
                site.with_keyword("num_classes", &format!("int({ids}.max()) + 1"))
            }
        },
    );
    Says::new(
        format!(
            "{ids} holds a class that is num_classes or more (or below 0): classes are counted from 0, so num_classes is the largest + 1."
        ),
        mended,
    )
}

fn padding_index(found: &Hit) -> Says {
    let site = found.site(&["Embedding"]);
    let mend = site.map_or_else(
        || "embedding = nn.Embedding(num_embeddings, embedding_dim, padding_idx=0)".to_owned(),
        |site| site.with_keyword("padding_idx", "0"),
    );
    Says::new(
        "padding_idx must be one of the rows, 0 to num_embeddings - 1; the number of words itself is one too many.",
        mend,
    )
}

pub(super) const KINDS: &[TextKind] = &[
    TextKind::new(
        "embedding-index",
        "an index that the embedding has no row for",
        &[
            "index out of range in self",
            "index out of range: Tried to access index {index} out of table with {last} rows",
            "Expected index in range for embedding, got {index}",
        ],
        "a larger embedding_dim: it is the width of a row, not the number of rows.",
        index,
    ),
    TextKind::new(
        "embedding-dtype",
        "an embedding is given numbers that are no indices",
        &[
            "'indices' to have one of the following scalar types: Long, Int; but got {type:w} instead",
            "'indices' to have scalar type Long; but got {type:w} instead",
            "Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; but got {type:w}",
        ],
        "",
        dtype_of_index,
    ),
    TextKind::new(
        "one-hot",
        "a class beyond num_classes",
        &[
            "Class values must be smaller than num_classes",
            "Class values must be non-negative",
            "one_hot is only applicable to index tensor",
        ],
        "",
        one_hot,
    ),
    TextKind::new(
        "padding-index",
        "padding_idx is no row",
        &["Padding_idx must be within num_embeddings", "padding_idx must be within num_embeddings"],
        "",
        padding_index,
    ),
];
