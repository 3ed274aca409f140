use super::masked;

const FORM: Option<&str> = Some("application/x-www-form-urlencoded; charset=utf-8");
const JSON: Option<&str> = Some("application/json");

#[test]
fn a_form_is_shown_without_its_secrets() {
    let form = b"grant_type=password&username=ada%40x&password=s3cret&client_id=1&CLIENT_SECRET=a%26b&scope=";
    let shown = "grant_type=password&username=ada%40x&password=***&client_id=1&CLIENT_SECRET=***&scope=";
    assert_eq!(masked(form, FORM), shown);
}

#[test]
fn json_is_shown_without_its_secrets_however_it_is_written() {
    for (text, shown) in [
        (r#"{"password":"a","b":"c"}"#, r#"{"password":"***","b":"c"}"#),
        (
            r#"{ "PasswordProfile" : {"Password" : "a\"b" , "x":1}}"#,
            r#"{ "PasswordProfile" : {"Password" : "***" , "x":1}}"#,
        ),
        (r#"{"secretText":"unfini"#, r#"{"secretText":"***"#),
        (r#"{"secretText":"a\"#, r#"{"secretText":"***"#),
        (r#"{"key":null,"a":"b"}"#, r#"{"key":null,"a":"b"}"#),
        (r#"{"a":"password","b":"c"}"#, r#"{"a":"password","b":"c"}"#),
        (r#"["password","x"]"#, r#"["password","x"]"#),
        ("", ""),
        ("no JSON", "no JSON"),
    ] {
        assert_eq!(masked(text.as_bytes(), JSON), shown);
    }
}
