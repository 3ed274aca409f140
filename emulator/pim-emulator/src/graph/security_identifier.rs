//! The security identifier that Windows knows an object of the directory by.

use uuid::Uuid;

/// `S-1-12-1-a-b-c-d`: the id of the object as four numbers, each with its least byte first.
pub(crate) fn security_identifier(id: Uuid) -> String {
    let bytes = id.to_bytes_le();
    let mut text = "S-1-12-1".to_owned();
    for part in bytes.chunks_exact(4) {
        let number = part.iter().rev().fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
        text.push('-');
        text.push_str(&number.to_string());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::security_identifier;
    use uuid::uuid;

    #[test]
    fn it_is_made_of_the_id() {
        let id = uuid!("73d664e4-0886-4a73-b745-c694da45ddb4");
        assert_eq!(security_identifier(id), "S-1-12-1-1943430372-1249052806-2496021943-3034400218");
    }
}
