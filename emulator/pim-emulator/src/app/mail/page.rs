//! A mail as plain text and as HTML: the same content twice.

use std::fmt::Write as _;

/// What a mail says.
#[derive(Clone, Debug)]
pub(super) struct Page {
    /// The subject, which is also the first sentence; without the `PIM:` that it begins with.
    pub(super) subject: String,
    /// The facts.
    pub(super) rows: Vec<(&'static str, String)>,
    /// The numbers of a digest.
    pub(super) table: Option<Vec<(String, u32)>>,
    /// What to do next.
    pub(super) next: String,
}

/// What stands below every mail.
const FOOT: &str = "Sent by an emulated tenant's Privileged Identity Management. Replies are not read.";

impl Page {
    /// The subject line, which begins with `PIM:` and has no line break in it (NOT-1).
    pub(super) fn subject(&self) -> String {
        let subject: String = self.subject.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
        format!("PIM: {subject}")
    }

    /// For readers of plain text.
    pub(super) fn text(&self) -> String {
        let mut text = format!("{}.\n\n", self.subject);
        let width = self.rows.iter().map(|(label, _)| label.len()).max().unwrap_or_default();
        for (label, value) in &self.rows {
            let label = format!("{label}:");
            let _ = writeln!(text, "{label:<0$} {value}", width + 1);
        }
        for (place, (label, count)) in self.table.iter().flatten().enumerate() {
            let _ = writeln!(text, "{}{count:>6}  {label}", if place == 0 { "\n" } else { "" });
        }
        let _ = write!(text, "\n{}\n\n-- \n{FOOT}\n", self.next);
        text
    }

    /// For everybody else.
    pub(super) fn html(&self) -> String {
        let mut html = format!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{0}</title></head>\n\
             <body style=\"margin:0;padding:24px;font:15px/1.5 'Segoe UI',sans-serif;color:#1b1a19;background:#faf9f8\">\n\
             <div style=\"max-width:640px;margin:auto;padding:24px;background:#fff;border-top:4px solid #0f6cbd\">\n\
             <h1 style=\"margin:0 0 16px;font-size:20px\">{0}</h1>\n",
            escape(&self.subject)
        );
        if !self.rows.is_empty() {
            html.push_str("<table style=\"border-collapse:collapse\">\n");
            for (label, value) in &self.rows {
                let _ = writeln!(
                    html,
                    "<tr><th style=\"padding:2px 16px 2px 0;text-align:left;font-weight:600;vertical-align:top\">{}</th>\
                     <td style=\"padding:2px 0\">{}</td></tr>",
                    escape(label),
                    escape(value)
                );
            }
            html.push_str("</table>\n");
        }
        if let Some(table) = &self.table {
            html.push_str("<table style=\"margin-top:16px;border-collapse:collapse\">\n");
            for (label, count) in table {
                let _ = writeln!(
                    html,
                    "<tr><td style=\"padding:2px 16px 2px 0;text-align:right;font-size:20px\">{count}</td>\
                     <td style=\"padding:2px 0\">{}</td></tr>",
                    escape(label)
                );
            }
            html.push_str("</table>\n");
        }
        let _ = write!(
            html,
            "<p>{}</p>\n<p style=\"margin-bottom:0;color:#605e5c;font-size:12px\">{FOOT}</p>\n</div></body></html>\n",
            escape(&self.next)
        );
        html
    }
}

/// Text inside of HTML.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(letter),
        }
    }
    escaped
}
