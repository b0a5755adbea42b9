use super::*;
use proptest::prelude::*;
use std::io::{BufReader, Cursor, Read};

fn read(document: impl AsRef<[u8]>) -> Result<(ReadTotals, Vec<Record>), ReadError> {
    let mut records = Vec::new();
    // A small buffer, so that pieces lie across its border.
    let source = BufReader::with_capacity(7, Cursor::new(document.as_ref()));
    let totals = read_records(source, |record| {
        records.push(record);
        ControlFlow::Continue(())
    })?;
    Ok((totals, records))
}

fn error(document: impl AsRef<[u8]>) -> ReadError {
    read(document).expect_err("the document is refused")
}

fn items(record: &Record) -> Vec<(&str, &str)> {
    record.items().collect()
}

fn posting(inside: &str) -> String {
    format!("<root><kyujin><data>{inside}</data></kyujin></root>")
}

#[test]
fn postings_come_in_their_order_with_every_item_and_the_number_of_pages() {
    let document = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<root>\n<page>3</page>\n<kyujin>\n<data>\n<kjno>13010-1</kjno>\n\
        <unknown>値</unknown>\n<empty/>\n</data>\n<data><kjno>13010-2</kjno></data>\n</kyujin>\n</root>\n";
    let (totals, records) = read(document).expect("a document of the feed");
    assert_eq!(totals, ReadTotals { postings: 2, page: Some(3) });
    assert_eq!(items(&records[0]), [("kjno", "13010-1"), ("unknown", "値"), ("empty", "")]);
    assert_eq!(records[1].get("kjno"), Some("13010-2"));
}

#[test]
fn a_bare_root_a_byte_order_mark_and_a_document_without_postings_are_read_too() {
    let (totals, records) = read("\u{feff}<root><data><kjno>1</kjno></data></root>").expect("a bare document");
    assert_eq!((totals.postings, records.len()), (1, 1));
    assert_eq!(read("<root><kyujin/></root>").expect("no posting").0.postings, 0);
    assert_eq!(read("<root><kyujin_list><data><data_id>M100</data_id></data></kyujin_list></root>").expect("a list").0.postings, 0);
}

#[test]
fn texts_come_exactly_as_written_with_references_resolved() {
    let document = posting(
        "<a>　前後の空白　\n</a><b>&lt;&amp;&gt;&quot;&apos;&#12354;&#x3042;</b><c>前<![CDATA[<中>&amp;]]>後</c><d>一<!-- 注 -->二</d>",
    );
    let (_, records) = read(document).expect("a document of the feed");
    assert_eq!(items(&records[0]), [("a", "　前後の空白　\n"), ("b", "<&>\"'ああ"), ("c", "前<中>&amp;後"), ("d", "一二")]);
}

#[test]
fn an_element_inside_an_item_is_an_item_of_its_own() {
    let (_, records) = read(posting("<a>前<b>中<c>奥</c></b>後</a><d>x</d>")).expect("a document of the feed");
    assert_eq!(items(&records[0]), [("a", "前後"), ("a/b", "中"), ("a/b/c", "奥"), ("d", "x")]);
}

#[test]
fn control_characters_are_left_out_and_line_ends_are_one() {
    let (_, records) = read(posting("<a>一\u{b}二\u{85}三&#11;\t\r\n四</a>")).expect("a document of the feed");
    assert_eq!(items(&records[0]), [("a", "一二三\t\n四")]);
}

#[test]
fn the_caller_can_break_off() {
    let document = "<root><data/><data/><data/></root>";
    let mut seen = 0;
    let totals = read_records(document.as_bytes(), |_| {
        seen += 1;
        if seen == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!(totals.expect("what was read").postings, 2);
}

#[test]
fn document_types_and_entities_are_refused() {
    let bomb = "<!DOCTYPE root [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><root><data><x>&b;</x></data></root>";
    assert!(matches!(error(bomb).kind, ReadErrorKind::Doctype));
    assert!(matches!(error("<!DOCTYPE root SYSTEM \"file:///x\"><root/>").kind, ReadErrorKind::Doctype));
    assert!(matches!(error(posting("<a>&file;</a>")).kind, ReadErrorKind::Entity(name) if name == "file"));
    for reference in ["&#0;", "&#xD800;", "&#x110000;", "&#x;", "&#99999999999;"] {
        assert!(matches!(error(posting(&format!("<a>{reference}</a>"))).kind, ReadErrorKind::Character), "{reference}");
    }
}

#[test]
fn another_encoding_is_refused_with_the_byte_that_tells_it() {
    let shift_jis = b"<root>\n<data><kjno>13010-1</kjno>\n<sksu>\x8e\x96\x96\xb1</sksu></data></root>";
    let told = error(shift_jis);
    assert!(matches!(told.kind, ReadErrorKind::NotUtf8(0x8E)), "{told}");
    assert_eq!((told.offset, told.line), (40, 3));
    assert_eq!(shift_jis[40], 0x8E);
    let in_a_tag = error(b"\xEF\xBB\xBF<root>\n<da\xFFta/></root>");
    assert!(matches!(in_a_tag.kind, ReadErrorKind::NotUtf8(0xFF)), "{in_a_tag}");
    assert_eq!((in_a_tag.offset, in_a_tag.line), (13, 2));
    assert!(
        matches!(error("<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><root/>").kind, ReadErrorKind::Encoding(name) if name == "Shift_JIS")
    );
    let utf16: Vec<u8> = "<root/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(matches!(error(&utf16).kind, ReadErrorKind::Encoding(_)));
    assert!(matches!(error([&[0xFF, 0xFE][..], &utf16].concat()).kind, ReadErrorKind::Encoding(_)));
    assert!(matches!(error(posting("<a>\0</a>")).kind, ReadErrorKind::Character));
}

#[test]
fn a_truncated_document_says_what_was_open_and_where_it_ends() {
    let document = "<root>\n<kyujin>\n<data><kjno>13010-1</kjno>\n<sksu>事務</sksu>\n</data>\n</kyujin>\n</root>";
    let table = [
        (document.find("事務").map(|at| at + 3), "<root><kyujin><data><sksu>"),
        // In the middle of a character.
        (document.find("事務").map(|at| at + 4), "<root><kyujin><data><sksu>"),
        (document.find("<sksu").map(|at| at + 3), "<root><kyujin><data>"),
        (document.find("</kyujin").map(|at| at + 2), "<root><kyujin>"),
        (document.rfind("</root"), "<root>"),
    ];
    for (end, open) in table {
        let end = end.expect("the place is in the document");
        let told = error(&document.as_bytes()[..end]);
        assert!(matches!(&told.kind, ReadErrorKind::Truncated(found) if found == open), "{end}: {told}");
        assert_eq!(told.offset, end as u64);
        let lines = document.as_bytes()[..end].iter().filter(|b| **b == b'\n').count() as u64;
        assert_eq!(told.line, lines + 1);
    }
    assert!(matches!(error("").kind, ReadErrorKind::Empty));
    assert!(matches!(error("<!-- -->\n").kind, ReadErrorKind::Empty));
}

#[test]
fn a_malformed_document_says_where() {
    let table = [
        ("<root>\n<data><a>x</b></data></root>", 17, 2),
        ("<root>\n</data></root>", 7, 2),
        ("<root><data>\n文字</data></root>", 12, 1),
        ("<root/><root/>", 7, 1),
        ("<root><page>x</page></root>", 13, 1),
        ("<root><data><a>1 & 2</a></data></root>", 17, 1),
    ];
    for (document, offset, line) in table {
        let told = error(document);
        assert!(matches!(told.kind, ReadErrorKind::Malformed(_)), "{document}: {told}");
        assert_eq!((told.offset, told.line), (offset, line), "{document}: {told}");
    }
    assert!(matches!(error("<html><body/></html>").kind, ReadErrorKind::NotAFeed(name) if name == "html"));
    assert!(matches!(error("no XML at all").kind, ReadErrorKind::Malformed(_)));
    assert!(matches!(error("<root><errorDetail>認証エラー</errorDetail></root>").kind, ReadErrorKind::Refused(why) if why == "認証エラー"));
}

#[test]
fn endless_items_deep_nesting_and_too_many_items_are_refused_in_bounded_memory() {
    // Ten million bytes that no one may collect.
    let endless = b"<root><data><a>".chain(io::repeat(b'x').take(10_000_000));
    let told = read_records(BufReader::new(endless), |_| ControlFlow::Continue(())).expect_err("it is refused");
    assert!(matches!(&told.kind, ReadErrorKind::TooLong(item) if item == "<root><data><a>"), "{told}");
    let endless_tag = b"<root><data><a".chain(io::repeat(b'x').take(10_000_000));
    assert!(matches!(
        read_records(BufReader::new(endless_tag), |_| ControlFlow::Continue(())).expect_err("it is refused").kind,
        ReadErrorKind::TooLong(_)
    ));
    let in_pieces = posting(&format!("<a>{}</a>", "x<!-- -->".repeat(LONGEST_ITEM + 1)));
    assert!(matches!(error(in_pieces).kind, ReadErrorKind::TooLong(_)));
    let longest = posting(&format!("<a>{}</a>", "x".repeat(LONGEST_ITEM)));
    assert_eq!(read(longest).expect("just as long as allowed").0.postings, 1);
    assert!(matches!(error(posting(&"<a>".repeat(40))).kind, ReadErrorKind::TooDeep));
    assert!(matches!(error(format!("<root>{}", "<x>".repeat(40))).kind, ReadErrorKind::TooDeep));
    assert!(matches!(error(posting(&"<a/>".repeat(MOST_ITEMS + 1))).kind, ReadErrorKind::TooManyItems));
}

#[test]
fn errors_tell_the_operator_in_japanese_what_and_where() {
    let told = error("<root>\n<data><kjno>13010-1").to_string();
    assert_eq!(told, "2行目（先頭から26バイト）：文書が途中で終わっています（閉じられていない要素：<root><data><kjno>）");
}

proptest! {
    #[test]
    fn what_was_escaped_comes_back(texts in prop::collection::vec("[^\u{0}-\u{1f}\u{7f}-\u{9f}]{0,40}", 1..8)) {
        let escaped: String = texts.iter().map(|text| {
            format!("<t>{}</t>", text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"))
        }).collect();
        let (_, records) = read(posting(&escaped)).expect("well-formed");
        prop_assert_eq!(records[0].items().map(|(_, text)| text.to_owned()).collect::<Vec<_>>(), texts);
    }

    #[test]
    fn any_bytes_end_with_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _answer = read(&bytes).is_ok();
    }

    #[test]
    fn a_document_cut_anywhere_never_passes_for_whole(cut in 0_usize..150) {
        let document = "<root><page>1</page><kyujin><data><kjno>13010-1</kjno><sksu>事務&amp;受付</sksu></data><data/></kyujin></root>";
        let cut = cut.min(document.len() - 1);
        let told = error(&document.as_bytes()[..cut]);
        prop_assert!(told.offset <= cut as u64);
    }
}
