//! A filter, taken in from the left.

/// What is still to be read.
#[derive(Debug)]
pub(super) struct Reader<'t> {
    rest: &'t str,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { rest: text.trim() }
    }

    pub(super) const fn rest(&self) -> &'t str {
        self.rest
    }

    /// Whether a sign comes next.
    pub(super) fn is_before(&self, sign: char) -> bool {
        self.rest.starts_with(sign)
    }

    /// Takes a sign, if it comes next.
    pub(super) fn takes(&mut self, sign: char) -> bool {
        let taken = self.rest.strip_prefix(sign);
        self.rest = taken.map_or(self.rest, str::trim_start);
        taken.is_some()
    }

    /// Takes a name.
    pub(super) fn word(&mut self) -> Option<&'t str> {
        let end = self.rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(self.rest.len());
        self.take(end)
    }

    /// Takes that word, in any case, if it comes next and ends there.
    pub(super) fn takes_word(&mut self, word: &str) -> bool {
        let before = self.rest;
        let is_it = self.word().is_some_and(|it| it.eq_ignore_ascii_case(word));
        if !is_it {
            self.rest = before;
        }
        is_it
    }

    /// Takes a value: in quotes, doubled ones inside becoming single, or bare up to a blank or a parenthesis.
    pub(super) fn value(&mut self) -> Option<String> {
        let Some(quoted) = self.rest.strip_prefix('\'') else {
            let end = self.rest.find(|c: char| c.is_whitespace() || c == ')' || c == '(' || c == '\'');
            return self.take(end.unwrap_or(self.rest.len())).map(str::to_owned);
        };
        let mut value = String::new();
        let mut rest = quoted;
        loop {
            let (before, after) = rest.split_once('\'')?;
            value.push_str(before);
            match after.strip_prefix('\'') {
                Some(doubled) => {
                    value.push('\'');
                    rest = doubled;
                }
                None => {
                    self.rest = after.trim_start();
                    return Some(value);
                }
            }
        }
    }

    fn take(&mut self, end: usize) -> Option<&'t str> {
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest.trim_start();
        Some(taken).filter(|taken| !taken.is_empty())
    }
}
