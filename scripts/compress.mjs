// Writes a brotli copy beside every text and wasm file of a folder, so that the server need not compress them at each request.
// usage: compress.mjs FOLDER
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const COMPRESSED = new Set([".css", ".html", ".js", ".json", ".svg", ".wasm", ".webmanifest"]);
const [folder] = process.argv.slice(2);

for (const name of readdirSync(folder, { recursive: true })) {
  const path = join(folder, name);
  if (!COMPRESSED.has(extname(name)) || !statSync(path).isFile()) continue;
  const content = readFileSync(path);
  writeFileSync(`${path}.br`, brotliCompressSync(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
  }));
}
