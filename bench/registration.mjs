// The registration in a browser: how long its rules take for a whole registration on a phone four times slower, and what Lighthouse says of the
// accessibility of its pages. Tab-separated, for the table of scripts/bench.sh.
// usage: node registration.mjs ADDRESS (of a site in demo mode)
import lighthouse from "lighthouse";
import { createRequire } from "node:module";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { chromium } = createRequire(new URL("../end2end/package.json", import.meta.url))("@playwright/test");
const address = process.argv[2];
const PORT = 9333;
const RUNS = 300;
const PAGES = ["basic", "publication", "wishes-work", "wishes-place", "education", "history", "disability", "introduction", "review"];

// Everything is filled in. Person and places of work are invented.
const FORMS = {
  basic: "family_name 春和 given_name 花子 family_kana ハロワ given_kana ハナコ birth_date 1988-04-01 gender other postal_code 100-0001 prefecture 13 municipality 13101 address_line 千代田１－２－３ phone 090-0000-0000 phone_kind mobile nationality_kind other residence_status student residence_until 2030-01-01 work_permit_outside yes disability yes employment_status unemployed unemployment_insurance done",
  publication: "publish_to_employers yes provide_to_agencies no office_may_contact yes contact_channels mail",
  wishes_work: "occupations.0 01-01 occupation_experience.0 3 occupations.1 05-01 occupation_experience.1 0 work_time part employment_forms regular hours_from 9:00 hours_to 18:00 days_per_week 5 hours_per_week 18 start_possible now",
  wishes_place: "places 13 places 13101 places 14 commute_minutes 60 wage_unit hourly wage_min 1300",
  education: "last_school university school_state graduated car_license no licenses.0.name 見本技能士 licenses.0.acquired_on 2013-06",
  history: ["has_history yes", ...Array.from({ length: 10 }, (_, n) => `jobs.${n}.company 株式会社見本 jobs.${n}.from ${2020 - n}-04 jobs.${n}.to ${2021 - n}-03 jobs.${n}.form regular jobs.${n}.occupation 01-01 jobs.${n}.duties ${"書類の整理と作成。".repeat(30)}`)].join(" "),
  disability: `kinds physical handbook.physical yes grade 2級 details ${"足。".repeat(150)} accommodations ${"座ってできる仕事がよい。".repeat(60)} shown_to_employers accommodations`,
  introduction: `headline こつこつ続けます appeal ${"書類の仕事を五年しました。".repeat(60)}`,
};

const folder = mkdtempSync(join(tmpdir(), "mypage-bench-"));
const context = await chromium.launchPersistentContext(folder, {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", `--remote-debugging-port=${PORT}`],
  locale: "ja-JP",
});
try {
  const page = await context.newPage();
  await signUp(page);
  await line("Rules of a whole registration, four times slower", await rules(page), 1, "ms");
  for (const name of PAGES) {
    const { lhr } = await lighthouse(`${address}/registration/${name}`, { port: PORT, onlyCategories: ["accessibility"], output: "json", logLevel: "error", disableStorageReset: true });
    if (!lhr.finalDisplayedUrl.endsWith(`/registration/${name}`)) throw new Error(`${name} leads to ${lhr.finalDisplayedUrl}`);
    const score = Math.round(lhr.categories.accessibility.score * 100);
    console.log([`Lighthouse accessibility, ${name}`, score, "≥ 100", score >= 100 ? "within" : "MISSED"].join("\t"));
  }
} finally {
  await context.close();
  rmSync(folder, { recursive: true, force: true });
}

function line(what, value, limit, unit) {
  console.log([what, `${value.toFixed(2)} ${unit}`, `≤ ${limit} ${unit}`, value <= limit ? "within" : "MISSED"].join("\t"));
}

/** The median of all eight checks together, in milliseconds. */
async function rules(page) {
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const forms = Object.entries(FORMS).map(([section, text]) => [section, text.split(" ").join("\u001e")]);
  const measured = await page.evaluate(async ([forms, runs]) => {
    const { check, init } = await import("/registration.js");
    await init({ module_or_path: "/rules.wasm" });
    const today = new Intl.DateTimeFormat("sv", { timeZone: "Asia/Tokyo" }).format(new Date());
    const said = forms.map(([section, form]) => check(section, form, "", today));
    const all = [];
    for (let n = 0; n < runs; n++) {
      const start = performance.now();
      for (let again = 0; again < 10; again++) for (const [section, form] of forms) check(section, form, "", today);
      all.push((performance.now() - start) / 10);
    }
    return { said, median: all.sort((a, b) => a - b)[runs >> 1] };
  }, [forms, RUNS]);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  // A check that finds something missing would have been quicker.
  const missing = measured.said.filter((said) => said.includes("\terror\t"));
  if (missing.length > 0) throw new Error(`the registration is not whole: ${missing.join("; ")}`);
  return measured.median;
}

async function signUp(page) {
  const email = `bench-${Date.now()}@example.jp`;
  await page.goto(`${address}/account/sign-up`);
  await page.getByLabel("メールアドレス").fill(email);
  await page.getByLabel("いいえ").check();
  await page.getByRole("checkbox", { name: /同意します/ }).check();
  await page.getByRole("button", { name: "確認コードを送る" }).click();
  await page.getByLabel("確認コード").first().fill(await code(email));
  await page.getByRole("button", { name: "確認する" }).click();
  await page.getByLabel("新しいパスワード").fill("朝は納豆と味噌汁にかぎる");
  await page.getByRole("button", { name: "決めて、はじめる" }).click();
  await page.getByRole("heading", { level: 1, name: "マイページ" }).waitFor();
}

async function code(email) {
  for (let tries = 0; tries < 100; tries++) {
    const list = await (await fetch(`${address}/dev/mail`)).text();
    for (const [, path] of list.matchAll(/href="(\/dev\/mail\/[^"]+)"/g)) {
      const mail = await (await fetch(address + path)).text();
      const found = mail.includes(email) && mail.match(/\b\d{4} \d{4}\b/);
      if (found) return found[0];
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`no mail to ${email}`);
}
