// Before all tests: a folder for what they write. Each test run has its own and takes it away.
import { mkdtempSync, rmSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BINARY, DIST } from "./site.js";

export default function prepare() {
  if (!existsSync(BINARY)) throw new Error(`${BINARY} is missing: cargo build -p server`);
  if (!existsSync(join(DIST, "index.html"))) throw new Error("dist/ is missing: make build");
  const data = mkdtempSync(join(tmpdir(), "mypage-end2end-"));
  process.env.END2END_DATA = data;
  return () => rmSync(data, { recursive: true, force: true });
}
