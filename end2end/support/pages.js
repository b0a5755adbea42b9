// Every page, with what it must say whichever way it is opened. A page added to the site is added here.

/** What the search says of one posting of the demo data; known once prepare.js has run. */
export const POSTING = JSON.parse(process.env.END2END_POSTING ?? '{"number":"","title":"","name":""}');

/**
 * name: in the tests' names. path. title: of the document. heading: its one h1. says: texts that must be readable.
 * offline: title, heading and says without a network, where they differ because the data cannot be had. status: of the answer, 200 unless told.
 */
export const PAGES = [
  {
    name: "the first page",
    path: "/",
    title: "求職者マイページ",
    heading: "仕事をさがす",
    says: ["どんな仕事をさがしていますか", "くわしい条件でさがす", "車いすで移動できる", "障害者専用の求人"],
  },
  {
    name: "an address that leads nowhere",
    path: "/nowhere",
    title: "ページが見つかりません",
    heading: "ページが見つかりません",
    says: ["アドレスが変わったか、なくなった可能性があります", "最初のページへ"],
    status: 404,
  },
  {
    name: "the search without conditions",
    path: "/postings",
    title: /求人/,
    heading: "求人をさがす",
    says: ["フリーワード", "職場のバリアフリー", "求人番号", POSTING.title],
    offline: { title: "検索できませんでした", says: ["フリーワード", "もう一度"] },
  },
  {
    name: "the search that finds nothing",
    path: "/postings?q=%E8%A6%8B%E3%81%A4%E3%81%8B%E3%82%89%E3%81%AA%E3%81%84%E3%81%93%E3%81%A8%E3%81%B0&pref=13",
    title: /求人/,
    heading: "求人をさがす",
    says: ["条件に合う求人はありませんでした"],
    offline: { title: "検索できませんでした", says: ["フリーワード", "もう一度"] },
  },
  {
    name: "the search with conditions that cannot be read",
    path: "/postings?wage_month=%E4%BA%8C%E5%8D%81%E4%B8%87&since=2026-02-30",
    title: /求人/,
    heading: "求人をさがす",
    says: ["数字で入れてください", POSTING.title],
    offline: { title: "検索できませんでした", says: ["数字で入れてください", "もう一度"] },
  },
  {
    name: "a posting sheet",
    path: `/postings/${POSTING.number}`,
    title: new RegExp(literally(POSTING.title)),
    heading: POSTING.title,
    says: [POSTING.number, POSTING.name, "賃金", "仕事内容"],
    offline: { title: /./, heading: /./, says: ["電波"] },
  },
  {
    name: "a posting that is not there",
    path: "/postings/99999-99999999",
    title: /見つかりません/,
    heading: /見つかりません/,
    says: ["99999-99999999"],
    offline: { title: /./, heading: /./, says: ["電波"] },
    status: 404,
  },
  {
    name: "the favorites",
    path: "/favorites",
    title: "お気に入り｜求職者マイページ",
    heading: "お気に入り",
    says: ["星のボタン"],
  },
  {
    name: "the saved searches",
    path: "/saved-searches",
    title: "保存した条件｜求職者マイページ",
    heading: "保存した条件",
    says: ["名前をつけて保存できます"],
  },
  {
    name: "what was viewed lately",
    path: "/recently-viewed",
    title: "最近見た求人｜求職者マイページ",
    heading: "最近見た求人",
    says: ["新しい順に20件まで残ります"],
  },
  {
    name: "signing out",
    path: "/sign-out",
    title: "サインアウト｜求職者マイページ",
    heading: "サインアウト",
    says: ["この端末から消します"],
  },
  ...[
    ["signing in", "/account/sign-in", "サインイン", ["パスワードを忘れたとき", "マイページを開設する"]],
    ["signing up", "/account/sign-up", "マイページを開設する", ["メールアドレス", "中学生・高校生ですか", "同意します"]],
    ["a forgotten password", "/account/forgotten", "パスワードを忘れたとき", ["確認コードを送る"]],
    ["whom to ask", "/support", "相談先", ["障害のある方への9つの支援", "0570-077450", "電話が使いにくい方は、メールでも"]],
    ["the terms", "/account/terms", "利用規約", ["このサービスでできること"]],
    ["the privacy notice", "/account/privacy", "個人情報の取り扱い", ["持っている情報"]],
  ].map(([name, path, heading, says]) => ({
    name, path, heading, says,
    title: `${heading}｜求職者マイページ`,
    offline: { title: "電波が必要です｜求職者マイページ", heading: "電波が必要です", says: ["電波のつながるところで開いてください"] },
  })),
];

function literally(text) {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
