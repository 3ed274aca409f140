//! JSON straight into bytes: the writer that the surfaces share.

use pim_core::time::Instant;
use uuid::Uuid;

/// A JSON text being written.
#[derive(Debug, Default)]
pub(crate) struct Json {
    out: Vec<u8>,
    /// Whether objects say nothing of their types.
    is_bare: bool,
}

impl Json {
    /// An empty text with room for so many bytes.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self { out: Vec::with_capacity(bytes), is_bare: false }
    }

    /// The same, in which objects say nothing of their types.
    pub(crate) fn bare(self) -> Self {
        Self { is_bare: true, ..self }
    }

    /// Writes of which type an object is, where objects say that.
    pub(crate) fn kind(&mut self, name: &str) {
        if !self.is_bare {
            self.key("@odata.type");
            self.plain(name);
        }
    }

    /// The finished bytes.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// Writes text as it stands: punctuation, keys, numbers.
    pub(crate) fn raw(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    /// Opens an object.
    pub(crate) fn open(&mut self) {
        self.out.push(b'{');
    }

    /// Closes an object.
    pub(crate) fn close(&mut self) {
        self.out.push(b'}');
    }

    /// Writes a key that needs no escape, with the comma before it where one is due.
    pub(crate) fn key(&mut self, name: &str) {
        if self.out.last() != Some(&b'{') {
            self.out.push(b',');
        }
        self.out.push(b'"');
        self.raw(name);
        self.raw("\":");
    }

    /// Writes the comma between two elements of an array, where one is due.
    pub(crate) fn next(&mut self) {
        if self.out.last() != Some(&b'[') {
            self.out.push(b',');
        }
    }

    /// Writes text that needs no escape.
    pub(crate) fn plain(&mut self, text: &str) {
        self.out.push(b'"');
        self.raw(text);
        self.out.push(b'"');
    }

    /// Writes text that people typed.
    pub(crate) fn text(&mut self, text: &str) {
        let clean = |byte: &u8| *byte >= 0x20 && *byte != b'"' && *byte != b'\\';
        if text.as_bytes().iter().all(clean) {
            return self.plain(text);
        }
        // Writing a string into memory cannot fail.
        let _ = serde_json::to_writer(&mut self.out, text);
    }

    /// Writes a value as serde has it.
    pub(crate) fn value(&mut self, value: &impl serde::Serialize) {
        // Writing plain data into memory cannot fail.
        let _ = serde_json::to_writer(&mut self.out, value);
    }

    /// Writes an id.
    pub(crate) fn uuid(&mut self, id: Uuid) {
        let mut buffer = [0; 36];
        self.plain(id.hyphenated().encode_lower(&mut buffer));
    }

    /// Writes an instant: seconds, and milliseconds where there are any, without trailing zeros.
    pub(crate) fn instant(&mut self, instant: Instant) {
        let mut buffer = [0; 32];
        let length = instant_text(instant, &mut buffer);
        self.out.push(b'"');
        self.out.extend_from_slice(&buffer[..length]);
        self.out.push(b'"');
    }
}

/// Writes an instant into a buffer; answers how many bytes it took. Instants lie in the years 1 to 9999, so that every
/// number has its fixed width.
fn instant_text(instant: Instant, buffer: &mut [u8; 32]) -> usize {
    let milliseconds = instant.milliseconds();
    let (days, of_day) = (milliseconds.div_euclid(86_400_000), milliseconds.rem_euclid(86_400_000));
    let (year, month, day) = civil(days);
    let numbers = [
        (0, 4, year),
        (5, 2, month),
        (8, 2, day),
        (11, 2, of_day / 3_600_000),
        (14, 2, of_day / 60_000 % 60),
        (17, 2, of_day / 1000 % 60),
    ];
    buffer[..19].copy_from_slice(b"0000-00-00T00:00:00");
    for (place, width, number) in numbers {
        digits(&mut buffer[place..place + width], number);
    }
    let mut end = 19;
    let fraction = of_day % 1000;
    if fraction != 0 {
        buffer[19] = b'.';
        digits(&mut buffer[20..23], fraction);
        end = 23;
        while buffer[end - 1] == b'0' {
            end -= 1;
        }
    }
    buffer[end] = b'Z';
    end + 1
}

/// Fills a place with a number, zeros in front.
fn digits(place: &mut [u8], mut number: i64) {
    for digit in place.iter_mut().rev() {
        *digit = b'0' + u8::try_from(number % 10).unwrap_or(0);
        number /= 10;
    }
}

/// Year, month and day of a day counted from 1 January 1970, by counting in years that begin in March so that the leap day
/// comes last.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests;
