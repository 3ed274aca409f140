//! Tables of Markdown.

use std::fmt::Write;

/// Text for a cell of a table: nothing in it ends the cell, opens a tag or starts a line.
pub(super) fn cell(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut in_code = false;
    for letter in text.chars() {
        match letter {
            // A bar ends the cell, also inside of code.
            '|' => safe.push_str("\\|"),
            '<' if !in_code => safe.push_str("&lt;"),
            '\n' => safe.push(' '),
            '`' => {
                in_code = !in_code;
                safe.push('`');
            }
            other => safe.push(other),
        }
    }
    safe
}

/// Text as code in a cell.
pub(super) fn code(text: &str) -> String {
    format!("`{}`", text.replace('|', "\\|").replace('\n', " "))
}

/// Several texts as code in a cell, one to a line.
pub(super) fn codes<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    texts.into_iter().map(code).collect::<Vec<_>>().join("<br>")
}

/// The first two lines of a table.
pub(super) fn head(page: &mut String, titles: &[&str]) {
    row(page, titles.iter().map(ToString::to_string));
    row(page, titles.iter().map(|_| "---".to_owned()));
}

/// One line of a table, of cells that are safe.
pub(super) fn row(page: &mut String, cells: impl IntoIterator<Item = String>) {
    page.push('|');
    for cell in cells {
        let cell = if cell.is_empty() { String::new() } else { format!("{cell} ") };
        // Writing to a string does not fail.
        let _ = write!(page, " {cell}|");
    }
    page.push('\n');
}

/// What every page ends its introduction with: that it is generated, and by what.
pub(super) fn generated_by(page: &mut String, command: &str, file: &str) {
    let _ = write!(page, "\nThis page is generated: `pim-emulator {command} --markdown > docs/{file}` writes it.\n");
}
