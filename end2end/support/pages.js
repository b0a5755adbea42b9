// Every page, with what it must say whichever way it is opened. A page added to the site is added here.

/**
 * name: in the tests' names. path. title: of the document. heading: its one h1. says: texts that must be readable.
 * saysOffline: instead of heading and says, where the data cannot be had. status: of the answer, 200 unless told.
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
];
