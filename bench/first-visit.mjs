// A first visit as Lighthouse sees it from a phone, several times: medians, tab-separated, for the table of scripts/bench.sh.
// usage: node first-visit.mjs URL RUNS
import lighthouse from "lighthouse";
import { launch } from "chrome-launcher";

const [url, runs] = [process.argv[2], Number(process.argv[3])];
const FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

// What the page can do nothing about, or that the limits do not name, is left out.
const SETTINGS = { onlyCategories: ["performance"], output: "json", logLevel: "error" };

async function visit() {
  const chrome = await launch({ chromePath: process.env.CHROMIUM ?? "/usr/bin/chromium", chromeFlags: FLAGS, logLevel: "error" });
  try {
    const { lhr } = await lighthouse(url, { ...SETTINGS, port: chrome.port });
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    const loads = lhr.audits["network-requests"].details.items.filter(({ sessionTargetType }) => (sessionTargetType ?? "page") === "page");
    const bytes = (kinds) => loads.filter(({ resourceType }) => !kinds || kinds.includes(resourceType)).reduce((sum, { transferSize }) => sum + transferSize, 0);
    return {
      score: Math.round(lhr.categories.performance.score * 100),
      lcp: lhr.audits["largest-contentful-paint"].numericValue,
      cls: lhr.audits["cumulative-layout-shift"].numericValue,
      tbt: lhr.audits["total-blocking-time"].numericValue,
      beforeText: bytes(["Document", "Stylesheet"]),
      total: bytes(),
    };
  } finally {
    chrome.kill();
  }
}

// Lighthouse itself fails now and then ("run Lighthouse again"): such a visit is told and made again, a few times at most.
const visits = [];
for (let failures = 0; visits.length < runs; ) {
  try {
    visits.push(await visit());
    console.error(JSON.stringify(visits.at(-1)));
  } catch (error) {
    failures += 1;
    console.error(`a visit failed: ${error.message}`);
    if (failures > 3) throw error;
  }
}

const median = (name) => visits.map((visit) => visit[name]).sort((a, b) => a - b)[Math.floor(visits.length / 2)];
const line = (what, name, limit, show, fits = (value) => value <= limit) =>
  console.log([what, show(median(name)), `${fits(0) && !fits(Infinity) ? "≤" : "≥"} ${show(limit)}`, fits(median(name)) ? "within" : "MISSED"].join("\t"));

line("Lighthouse mobile, performance", "score", 100, (value) => `${value}`, (value) => value >= 100);
line("Lighthouse mobile, largest paint", "lcp", 1200, (value) => `${Math.round(value)} ms`);
line("Lighthouse mobile, layout shift", "cls", 0, (value) => value.toFixed(3));
line("First visit, before the text", "beforeText", 30_000, (value) => `${value} bytes`);
line("First visit, what the page loads", "total", 300_000, (value) => `${value} bytes`);
