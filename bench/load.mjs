// A mixed load on a site in demo mode: search 80 %, sheets 15 %, writes 5 % (drafts of applications, each durable before it is answered). Requests leave when
// their time has come, whether others are answered or not; what one takes counts from that time. Tab-separated, for the table of scripts/bench.sh.
// usage: node load.mjs ADDRESS FILE-OF-SEARCHES [SECONDS [REQUESTS-A-SECOND]]
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";

const [address, file, seconds = "30", rate = "300"] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const cookies = new Map();
const paths = readFileSync(file, "utf8").split("\n").filter(Boolean);

/** Status, location and text of an answer. */
function ask(method, path, fields, isSignedIn = true) {
  const body = fields && new URLSearchParams(fields).toString();
  const headers = { "accept-encoding": "br", "sec-fetch-site": "same-origin" };
  if (isSignedIn) headers.cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  if (body) Object.assign(headers, { "content-type": "application/x-www-form-urlencoded", "content-length": Buffer.byteLength(body) });
  if (fields) delete headers["accept-encoding"];
  return new Promise((done, fail) => {
    const sent = request(address + path, { agent, method, headers }, (response) => {
      const parts = [];
      for (const cookie of response.headers["set-cookie"] ?? []) {
        const [name, value] = cookie.split(";")[0].split("=");
        cookies.set(name, value);
      }
      response.on("data", (part) => parts.push(part));
      response.on("end", () => done({ status: response.statusCode, location: response.headers.location, bytes: Buffer.concat(parts) }));
      response.on("error", fail);
    });
    sent.on("error", fail);
    sent.end(body);
  });
}

const plain = async (path) => (await fetch(address + path, { headers: { cookie: [...cookies].map((pair) => pair.join("=")).join("; ") } })).text();
const field = (html, name) => html.match(new RegExp(`name="${name}" value="([^"]*)"`))[1];

/** Signs the demo's seeker in; gives the mark of the account. */
async function signIn() {
  const email = "seeker@demo.example";
  const first = await ask("GET", "/account/sign-in");
  const form = first.bytes.length && (await plain("/account/sign-in"));
  const before = await mailsTo(email);
  const sent = await ask("POST", "/account/sign-in", { key: field(form, "key"), next: "/applications", email, password: "tameshi-ni-tsukau" });
  const code = await newestCode(email, before);
  const page = await plain(sent.location);
  const fields = Object.fromEntries([...page.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]));
  await ask("POST", "/account/code", { ...fields, code });
  return (await plain("/applications")).match(/data-account="([^"]+)"/)[1];
}

async function mailsTo(email) {
  const list = (await plain("/dev/mail")).replaceAll(/<!.*?>/g, "");
  return [...list.matchAll(/<a href="(\/dev\/mail\/[^"]+)">[^<]*<\/a>\s*([^<\s]+)/g)].filter(([, , to]) => to === email).map(([, path]) => path);
}

/** The code of a mail that was not there `before`: the data of an earlier run has mails. */
async function newestCode(email, before) {
  for (;;) {
    const path = (await mailsTo(email)).find((path) => !before.includes(path));
    const code = path && (await plain(path)).match(/\b\d{4} \d{4}\b/)?.[0];
    if (code) return code;
    await new Promise((done) => setTimeout(done, 100));
  }
}

const account = await signIn();
const found = await (await fetch(`${address}/api/postings/search?self=1`)).json();
const numbers = found.postings.map(({ number }) => number);
const kinds = { search: [], sheet: [], write: [] };
let failed = 0;

async function one(at, due) {
  const kind = at % 20 === 0 ? "write" : at % 20 < 4 ? "sheet" : "search";
  const number = numbers[at % numbers.length];
  try {
    const { status } = kind === "search" ? await ask("GET", paths[at % paths.length], undefined, false)
      : kind === "sheet" ? await ask("GET", `/postings/${number}`, undefined, false)
      : await ask("POST", "/api/applications/draft", { account, number, motivation: `${at}回目の下書きです。`.repeat(40) });
    if (status !== 200) throw new Error(`${kind} answered ${status}`);
    kinds[kind].push(performance.now() - due);
  } catch (error) {
    failed += 1;
    console.error(error.message);
  }
}

/** Sends everything at its time; what took how long in the first seconds, while caches fill, does not count. */
async function run(seconds) {
  for (const taken of Object.values(kinds)) taken.length = 0;
  const [begin, waiting] = [performance.now(), []];
  for (let at = 0; at < seconds * rate; at += 1) {
    const due = begin + (at * 1000) / rate;
    const wait = due - performance.now();
    if (wait > 1) await new Promise((done) => setTimeout(done, wait));
    waiting.push(one(at, due));
  }
  await Promise.all(waiting);
  return (performance.now() - begin) / 1000;
}

const percentile = (values, part) => values.toSorted((a, b) => a - b)[Math.ceil(values.length * part) - 1];
await run(5);
const took = await run(Number(seconds));
const all = Object.values(kinds).flat();
const p99 = percentile(all, 0.99);
console.log([`Mixed load, ${(all.length / took).toFixed(0)} a second, 99th of 100`, `${p99.toFixed(1)} ms`, "≤ 50 ms", p99 <= 50 ? "within" : "MISSED"].join("\t"));
for (const [kind, values] of Object.entries(kinds)) {
  console.log([`Mixed load, ${kind}: median, 99th of 100`, `${percentile(values, 0.5).toFixed(1)} ms, ${percentile(values, 0.99).toFixed(1)} ms`, `${values.length} requests`, ""].join("\t"));
}
console.log(["Mixed load, requests that failed", failed, "0", failed === 0 ? "within" : "MISSED"].join("\t"));
agent.destroy();
