// `npm run screenshots [-- N…]`: pictures of every page (or the Nth ones of pages.js) in screenshots/, for the eye: phone and desktop, letters
// twice as large, forced colours, print.
import { chromium } from "@playwright/test";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import config from "./playwright.config.js";
import prepare from "./support/prepare.js";
import { Site } from "./support/site.js";

const FOLDER = new URL("screenshots/", import.meta.url).pathname;
const SCREENS = {
  phone: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 },
  desktop: { viewport: { width: 1280, height: 800 } },
};
const VARIANTS = {
  plain: async () => {},
  large: (page) => page.evaluate(() => { document.documentElement.style.fontSize = "200%"; }),
  forced: (page) => page.emulateMedia({ forcedColors: "active" }),
  print: (page) => page.emulateMedia({ media: "print" }),
};

const takeAway = await prepare();
// Knows the posting only now.
const { PAGES } = await import("./support/pages.js");
const site = new Site();
await site.start();
const browser = await chromium.launch(config.use.launchOptions);
const wanted = process.argv.slice(2).map(Number);
mkdirSync(FOLDER, { recursive: true });
try {
  for (const [screen, options] of Object.entries(SCREENS)) {
    const context = await browser.newContext({ ...options, locale: "ja-JP", baseURL: site.address });
    for (const [at, { path }] of PAGES.entries()) {
      if (wanted.length > 0 && !wanted.includes(at + 1)) continue;
      for (const [variant, change] of Object.entries(VARIANTS)) {
        const page = await context.newPage();
        await page.goto(path);
        await page.locator("html[data-ready]").waitFor({ state: "attached" });
        await change(page);
        await page.screenshot({ path: join(FOLDER, `${at + 1}-${screen}-${variant}.png`), fullPage: true });
        await page.close();
      }
    }
    await context.close();
  }
} finally {
  await browser.close();
  await site.stop();
  takeAway();
}
