// Before all tests: the demo data, imported as a real delivery would be. Each test run has a folder of its own and takes it away.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BINARY, DIST, Site, environment } from "./site.js";

export default async function prepare() {
  if (!existsSync(BINARY)) throw new Error(`${BINARY} is missing: cargo build -p server`);
  if (!existsSync(join(DIST, "index.html"))) throw new Error("dist/ is missing: make build");
  const folder = mkdtempSync(join(tmpdir(), "mypage-end2end-"));
  const filled = join(folder, "filled");
  mkdirSync(filled);
  execFileSync(BINARY, ["demo", "--postings", "300", "--seed", "1"], { env: environment(filled), stdio: ["ignore", "ignore", "inherit"] });
  process.env.END2END_FOLDER = folder;
  process.env.END2END_POSTING = JSON.stringify(await newestNamedPosting());
  return () => rmSync(folder, { recursive: true, force: true });
}

/** A posting that shows its employer's name: what the tests of the sheet open. */
async function newestNamedPosting() {
  const site = new Site();
  await site.start();
  try {
    const { postings } = await (await fetch(`${site.address}/api/postings/search`)).json();
    return postings.find(({ name }) => name);
  } finally {
    await site.stop();
  }
}
