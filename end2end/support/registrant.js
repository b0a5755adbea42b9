// Somebody who registers. Person and places of work are invented.
import { expect } from "@playwright/test";

const next = (page) => page.getByRole("button", { name: "保存して次へ", exact: true }).click();
const heading = (page, name) => expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
const choose = (page, group, answer) => page.getByRole("group", { name: group }).getByLabel(answer, { exact: true }).check();

/** Fills in a field of a group of entries: 「職歴（1番目）」. */
const entry = (page, name) => page.getByRole("group", { name, exact: true });

export async function fillBasic(page) {
  await page.getByLabel(/^氏※必須/).fill("春和");
  await page.getByLabel(/^名※必須/).fill("花子");
  await page.getByLabel(/^氏（フリガナ）/).fill("ﾊﾛﾜ");
  await page.getByLabel(/^名（フリガナ）/).fill("はなこ");
  await page.getByLabel(/^生年月日/).fill("昭和63年4月1日");
  await page.getByLabel(/^郵便番号/).fill("1000001");
}

export async function fillBasicRest(page, disability = "なし") {
  await page.getByLabel(/^町域・番地/).fill("千代田1-2-3");
  await page.getByLabel(/^電話番号/).fill("090-0000-0000");
  await choose(page, /^電話の種類/, "携帯");
  await choose(page, /^国籍/, "日本");
  await choose(page, /^障害の有無/, disability);
  await choose(page, /^現在の就業状況/, "在職中");
}

/** Fills in everything, without a disability and not published, up to the review. */
export async function fillAll(page, hasScripts) {
  await page.goto("/registration");
  await page.getByRole("link", { name: "登録を始める" }).click();
  await heading(page, "基本情報");
  await fillBasic(page);
  if (!hasScripts) await page.getByRole("button", { name: "郵便番号から住所を入れる" }).click();
  else await page.getByLabel(/^郵便番号/).blur();
  await expect(page.getByLabel(/^市区町村/)).toHaveValue("13101");
  await fillBasicRest(page);
  await next(page);
  await fillAfterBasic(page);
}

/** Fills in what follows the first screen, up to the review. */
export async function fillAfterBasic(page) {
  await heading(page, "公開と連絡");
  await choose(page, /^求職情報を求人者に公開する/, "公開しない");
  await choose(page, /^民間・自治体/, "提供しない");
  await choose(page, /^ハローワークからの連絡/, "希望しない");
  await next(page);
  await heading(page, "希望する職種と時間");
  await entry(page, "希望する職種（1番目）").getByLabel(/^希望する職種/).selectOption({ label: "データ入力等ＰＣ操作（ＣＡＤ、ＤＴＰ含）" });
  await entry(page, "希望する職種（1番目）").getByLabel(/^経験年数/).fill("３");
  await choose(page, /^希望する就業形態/, "フルタイム");
  await choose(page, /^希望する雇用形態/, "正社員");
  await choose(page, /^就業できる時期/, "すぐ");
  await next(page);
  await heading(page, "希望する場所と賃金");
  await page.getByLabel("東京都", { exact: true }).check();
  await choose(page, /^希望賃金の単位/, "月給");
  await page.getByLabel(/^希望賃金（下限）/).fill("200000");
  await next(page);
  await heading(page, "学歴と免許・資格");
  await choose(page, /^最終学歴/, "大学");
  await choose(page, /^卒業の状況/, "卒業");
  await choose(page, /^普通自動車免許/, "なし");
  await next(page);
  await heading(page, "職歴");
  await choose(page, /^職歴の有無/, "あり");
  const job = entry(page, "職歴（1番目）");
  await job.getByLabel(/^入社年月/).fill("2015年4月");
  await job.getByLabel("在職中").check();
  await job.getByRole("group", { name: /^雇用形態/ }).getByLabel("正社員", { exact: true }).check();
  await job.getByLabel(/^職種/).selectOption({ label: "データ入力等ＰＣ操作（ＣＡＤ、ＤＴＰ含）" });
  await job.getByLabel(/^仕事の内容/).fill("書類の整理");
  await next(page);
  await heading(page, "内容の確認");
}
