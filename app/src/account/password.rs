//! Passwords: at least 12 characters, any characters, nothing that one guesses first (issue 3). No rules about kinds of characters.

use super::password_words::WORDS;
use crate::form::Code;

/// The least characters.
pub const LEAST: usize = 12;
/// The most characters [own]: hashing has to end, and no one types more.
pub const MOST: usize = 200;

/// Words that name this service, which someone who guesses tries here first.
const OWN_WORDS: [&str; 8] = ["mypage", "hellowork", "helloworks", "kyushoku", "shigoto", "hello", "work", "page"];

/// Runs of keys side by side, and of the alphabet. Both directions count.
const RUNS: [&str; 6] = [
    "0123456789012345678901234567890",
    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
];

/// Stands where something was taken out.
const TAKEN: char = '\u{0}';

/// Checks a new password of the account with this address.
///
/// # Errors
/// [`Code::Required`], [`Code::TooShort`], [`Code::TooLong`], [`Code::EasyToGuess`].
pub fn check_password(password: &str, email: &str) -> Result<(), Code> {
    let length = password.chars().count();
    match length {
        0 => Err(Code::Required),
        1..LEAST => Err(Code::TooShort),
        _ if length > MOST => Err(Code::TooLong),
        _ if is_easy_to_guess(password, email) => Err(Code::EasyToGuess),
        _ => Ok(()),
    }
}

/// Whether, once everything that is guessed first is taken out, less than a third of the characters remain, or fewer than four
/// different characters stand in it at all. What is taken out: well-known words and the usual digits for letters in them, runs of keys,
/// repetitions, years, the address's own parts, and the service's names.
fn is_easy_to_guess(password: &str, email: &str) -> bool {
    let plain: Vec<char> = password.chars().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()).collect();
    let mut different = plain.clone();
    different.sort_unstable();
    different.dedup();
    if different.len() < 4 || is_repetition(&plain) {
        return true;
    }
    let own = email_parts(email);
    let mut words: Vec<Vec<char>> =
        WORDS.split_whitespace().chain(OWN_WORDS).chain(own.iter().map(String::as_str)).map(|word| word.chars().collect()).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    left_over(&plain, &words) * 3 < plain.len()
}

/// How many characters are left after taking out words, runs, years and repeated characters. Letters and digits count fully, signs half:
/// `password!!!!` is guessed as soon as `password`.
fn left_over(plain: &[char], words: &[Vec<char>]) -> usize {
    let letters: Vec<char> = plain.iter().map(|c| letter_for(*c)).collect();
    let mut left = plain.to_vec();
    for word in words {
        for at in 0..(plain.len() + 1).saturating_sub(word.len()) {
            let range = at..at + word.len();
            let is_here = plain[range.clone()] == word[..] || letters[range.clone()] == word[..];
            if is_here && !left[range.clone()].contains(&TAKEN) {
                left[range].fill(TAKEN);
            }
        }
    }
    let left = without_runs(&left);
    let (signs, others): (Vec<char>, Vec<char>) = left.chars().filter(|c| *c != TAKEN).partition(char::is_ascii_punctuation);
    others.len() + signs.len() / 2
}

/// Without three or more keys or letters in a row, three or more of the same character, and years.
fn without_runs(chars: &[char]) -> String {
    let mut out = String::new();
    let mut at = 0;
    while at < chars.len() {
        let taken = run_at(&chars[at..]);
        if taken == 0 {
            out.push(chars[at]);
            at += 1;
        } else {
            out.push(TAKEN);
            at += taken;
        }
    }
    out
}

/// The length of the run or year at the beginning, 0 if there is none.
fn run_at(chars: &[char]) -> usize {
    let same = chars.iter().take_while(|c| **c == chars[0] && **c != TAKEN).count();
    let in_row = (3..=chars.len()).take_while(|length| is_run(&chars[..*length])).last().unwrap_or_default();
    let year = chars.len() >= 4 && matches!(chars[..2], ['1', '9'] | ['2', '0']) && chars[..4].iter().all(char::is_ascii_digit);
    let longest = if same >= 3 { same } else { 0 }.max(in_row);
    if year { longest.max(4) } else { longest }
}

fn is_run(chars: &[char]) -> bool {
    let forth: String = chars.iter().collect();
    let back: String = chars.iter().rev().collect();
    RUNS.iter().any(|run| run.contains(&forth) || run.contains(&back))
}

/// Whether it is one piece of up to a third of its length over and over.
fn is_repetition(chars: &[char]) -> bool {
    (1..=chars.len() / 3).any(|piece| chars.iter().zip(&chars[piece..]).all(|(a, b)| a == b))
}

/// The letter that a digit or sign stands in for.
const fn letter_for(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        c => c,
    }
}

/// The parts of an address that are worth guessing: what stands before the `@` and the names in the domain, from three characters on.
fn email_parts(email: &str) -> Vec<String> {
    let lower = email.to_lowercase();
    let (local, domain) = lower.split_once('@').unwrap_or((&lower, ""));
    let pieces = local.split(|c: char| !c.is_alphanumeric()).chain(domain.split('.')).chain([local]);
    pieces.filter(|piece| piece.chars().count() >= 3).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const EMAIL: &str = "hanako.sato@example.jp";

    #[test]
    fn eleven_characters_are_too_few_and_twelve_of_any_kind_enough() {
        assert_eq!(check_password("", EMAIL), Err(Code::Required));
        assert_eq!(check_password("kx8vqm2rwzt", EMAIL), Err(Code::TooShort));
        for password in
            ["kx8vqm2rwztb", "朝は納豆と味噌汁にかぎる", "correct ants climb slowly", "🐟🍊🚲🌂🎻🧭🪴🍙🧦🪁🐚🌋", "!%&/()=?*+~#"]
        {
            assert_eq!(check_password(password, EMAIL), Ok(()), "{password}");
        }
    }

    #[test]
    fn a_password_may_be_long_but_hashing_has_to_end() {
        let long: String = "朝は納豆と味噌汁にかぎる。夜は散歩をして早く寝ること。".chars().cycle().take(MOST).collect();
        assert_eq!(check_password(&long, EMAIL), Err(Code::EasyToGuess), "over and over");
        let long: String = (0..MOST).filter_map(|n| u32::try_from(n).ok()).filter_map(|n| char::from_u32(0x4e00 + n)).collect();
        assert_eq!(check_password(&long, EMAIL), Ok(()));
        assert_eq!(check_password(&"kx8vqm2rwztb".repeat(10_000), EMAIL), Err(Code::TooLong));
    }

    #[test]
    fn what_is_guessed_first_is_refused() {
        for password in [
            "passwordpassword",
            "Password2026!",
            "p@ssw0rd12345",
            "123456789012",
            "qwertyuiop12",
            "aaaaaaaaaaaa",
            "abcabcabcabc",
            "abcdefghijkl",
            "hanakosato2026",
            "hanako.sato@example.jp",
            "mypage123456",
            "hellowork2026",
            "HelloWork!!!!",
            "sakura19990401",
            "iloveyou1234",
            "1qaz2wsx3edc",
            "987654321098",
            "111122223333",
        ] {
            assert_eq!(check_password(password, EMAIL), Err(Code::EasyToGuess), "{password}");
        }
    }

    #[test]
    fn a_word_among_others_is_no_reason_to_refuse() {
        for password in ["sakura no shita de kani", "my password hides in a pear tree", "shigoto wa asa kara tsuyoi", "tameshi-ni-tsukau"] {
            assert_eq!(check_password(password, EMAIL), Ok(()), "{password}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_the_check_fail_and_random_letters_pass(any in ".{0,300}", letters in "[bcdfghjkmnpqrstvwxz2-9]{20}") {
            let _checked = check_password(&any, &any);
            prop_assert_eq!(check_password(&letters, EMAIL), Ok(()));
        }
    }
}
