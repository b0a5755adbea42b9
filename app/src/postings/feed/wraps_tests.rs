use super::*;
use proptest::prelude::*;

/// Breaks every paragraph after `width` characters, as the feed does.
fn wrap(text: &str, width: usize, breaks: &[char]) -> String {
    let mut wrapped = String::new();
    let mut count = 0;
    for (i, paragraph) in text.split('\n').enumerate() {
        if i > 0 {
            wrapped.push('\n');
        }
        for (i, c) in paragraph.chars().enumerate() {
            if i > 0 && i % width == 0 {
                wrapped.push(breaks[count % breaks.len()]);
                count += 1;
            }
            wrapped.push(c);
        }
    }
    wrapped
}

#[test]
fn a_break_in_the_middle_of_a_word_is_taken_out() {
    let text = "当施設は小規模多機能型居宅介護の事業所です。利用者様の生活を支える仕事で、日勤と夜勤があります。";
    for width in [16, 17, 18, 19, 20] {
        for breaks in [&['　'][..], &['\n'], &['　', '\n']] {
            let wrapped = wrap(text, width, breaks);
            assert_ne!(wrapped, text);
            assert_eq!(join_wraps(&wrapped), text, "{width}");
        }
    }
}

#[test]
fn real_spaces_and_real_line_breaks_stay() {
    let text = "株式会社　丸高の配送センターで、荷物の仕分けと積み込みをしていただきます。\n＊経験は問いません。\n＊服装　自由";
    assert_eq!(join_wraps(&wrap(text, 18, &['　'])), text);
    assert_eq!(join_wraps(&wrap(text, 18, &['\n'])), text);
    assert_eq!(join_wraps(text), text);
}

#[test]
fn texts_that_are_not_wrapped_come_back_as_they_are() {
    for text in [
        "",
        "株式会社　丸高",
        "土　日　祝日",
        "明るく元気な方を歓迎します。　未経験でも大丈夫です。　先輩がていねいに教えます。　お気軽にご応募ください。",
        "１行目\n２行目\n\n４行目はすこしだけ長い行です",
        "abc def ghi jkl mno pqr stu vwx yz",
    ] {
        assert_eq!(join_wraps(text), text);
    }
}

#[test]
fn a_single_break_is_joined_only_at_the_common_width() {
    assert_eq!(join_wraps("あいうえおかきくけこさしすせそたちつ　てと"), "あいうえおかきくけこさしすせそたちつてと");
    let real = "普通自動車運転免許をお持ちの方　ＡＴ限定も可";
    assert_eq!(join_wraps(real), real);
}

#[test]
fn half_width_characters_may_count_half() {
    // 36 half characters a line.
    let lines = ["PC(Excel,Word)を使う事務です。1日30件", "ほどの入力と電話の応対をお願いします", "。9:00からです"];
    let width = |line: &str| line.chars().map(|c| width_of(c, Measure::Halves)).sum::<u32>();
    assert!((35..=36).contains(&width(lines[0])) && (35..=36).contains(&width(lines[1])), "{} {}", width(lines[0]), width(lines[1]));
    assert_eq!(join_wraps(&lines.join("　")), lines.concat());
}

#[test]
fn a_paragraph_that_ends_with_a_space_does_not_hide_the_wraps_after_it() {
    let paragraph = "利用者様の生活を支える仕事で、日勤と夜勤があります。夜勤は月に四回ほどです。";
    let wrapped = format!("仕事の内容　{}", wrap(paragraph, 18, &['　']));
    assert_eq!(join_wraps(&wrapped), format!("仕事の内容　{paragraph}"));
}

#[test]
fn carriage_returns_are_line_breaks() {
    assert_eq!(join_wraps("１行目\r\n２行目\r３行目"), "１行目\n２行目\n３行目");
}

proptest! {
    #[test]
    fn what_was_wrapped_comes_back(text in "[あ-んア-ン一二三四五六七八九。、]{41,200}", width in 16_usize..=20, breaks in "[　\n]{1,4}") {
        let breaks: Vec<char> = breaks.chars().collect();
        prop_assert_eq!(join_wraps(&wrap(&text, width, &breaks)), text);
    }

    #[test]
    fn nothing_but_breaks_is_ever_taken_out(text in "[あ-んa-c　\n\r]{0,120}") {
        let kept = |text: &str| text.chars().filter(|c| !matches!(c, '　' | '\n' | '\r')).collect::<String>();
        prop_assert_eq!(kept(&join_wraps(&text)), kept(&text));
    }

    #[test]
    fn any_text_is_joined_without_panic(text in ".{0,200}") {
        let _joined = join_wraps(&text);
    }
}
