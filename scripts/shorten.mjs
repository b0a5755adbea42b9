// Gives the functions between the program and its glue short names. wasm-bindgen names each with a hash of 16 digits, in the wasm and in the script:
// 2 kB that say nothing to a phone.
// usage: shorten.mjs WASM SCRIPT
import { readFileSync, writeFileSync } from "node:fs";

const [wasmPath, scriptPath] = process.argv.slice(2);
const HASHED = /_h?[0-9a-f]{16}(_\d+)?$/;
const IMPORTS = 2;
const EXPORTS = 7;

const wasm = readFileSync(wasmPath);
const names = new Map();
const parts = [wasm.subarray(0, 8)];
for (let at = 8; at < wasm.length; ) {
  const id = wasm[at];
  const [size, start] = number(wasm, at + 1);
  const section = wasm.subarray(start, start + size);
  const content = id === IMPORTS ? renamed(section, importEnd) : id === EXPORTS ? renamed(section, exportEnd) : section;
  parts.push(Buffer.from([id]), encoded(content.length), content);
  at = start + size;
}
let script = readFileSync(scriptPath, "utf8");
// Whole names: one may begin with another.
script = script.replaceAll(/[\w$]+/g, (word) => names.get(word) ?? word);
writeFileSync(wasmPath, Buffer.concat(parts));
writeFileSync(scriptPath, script);
console.log(`${names.size} names between the program and its glue are short`);

/** A section of imports or exports with short names. `end` tells where what follows an entry's name ends. */
function renamed(section, end) {
  const [count, first] = number(section, 0);
  const out = [section.subarray(0, first)];
  let at = first;
  for (let n = 0; n < count; n++) {
    if (end === importEnd) at = copy(section, at, out);
    const [length, start] = number(section, at);
    const name = section.toString("utf8", start, start + length);
    const next = end(section, start + length);
    const kept = HASHED.test(name) ? short(name) : name;
    out.push(encoded(Buffer.byteLength(kept)), Buffer.from(kept), section.subarray(start + length, next));
    at = next;
  }
  return Buffer.concat(out);
}

function short(name) {
  if (!names.has(name)) names.set(name, `__${names.size.toString(36)}`);
  return names.get(name);
}

/** The name of a module, as it is. */
function copy(section, at, out) {
  const [length, start] = number(section, at);
  out.push(section.subarray(at, start + length));
  return start + length;
}

function exportEnd(section, at) {
  return number(section, at + 1)[1];
}

function importEnd(section, at) {
  const kind = section[at];
  const limits = (from) => (section[from] & 1 ? number(section, number(section, from + 1)[1])[1] : number(section, from + 1)[1]);
  if (kind === 0) return number(section, at + 1)[1];
  if (kind === 1) return limits(at + 2);
  if (kind === 2) return limits(at + 1);
  if (kind === 3) return at + 3;
  throw new Error(`an import of kind ${kind} is not known`);
}

/** A number in LEB128, and where it ends. */
function number(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7, at++) {
    value += (bytes[at] & 0x7f) * 2 ** shift;
    if (bytes[at] < 0x80) return [value, at + 1];
  }
}

function encoded(value) {
  const bytes = [];
  do {
    bytes.push(value > 0x7f ? (value & 0x7f) | 0x80 : value);
    value = Math.floor(value / 0x80);
  } while (value > 0);
  return Buffer.from(bytes);
}
