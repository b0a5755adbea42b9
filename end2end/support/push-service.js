// A push service and a browser's side of it, on loopback: it takes what our server sends and reads it as RFC 8291 says, with the browser's keys.
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from "node:crypto";
import { createServer } from "node:http";
import { once } from "node:events";

const CURVE = "prime256v1";

export class PushService {
  #browser = createECDH(CURVE);
  #secret = randomBytes(16);
  #server;
  #messages = [];

  constructor() {
    this.#browser.generateKeys();
  }

  get origin() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  /** What the browser's `subscribe` gives. */
  subscription(name) {
    return {
      endpoint: `${this.origin}/${name}`,
      keys: { p256dh: this.#browser.getPublicKey("base64url"), auth: this.#secret.toString("base64url") },
    };
  }

  /** What came for an address, as its browser reads it. */
  messages(endpoint) {
    return this.#messages.filter((message) => message.endpoint === endpoint).map(({ text }) => text);
  }

  async start() {
    this.#server = createServer(async (request, response) => {
      const parts = [];
      for await (const part of request) parts.push(part);
      const isSigned = isOurs(request.headers.authorization, this.origin);
      if (isSigned) this.#messages.push({ endpoint: this.origin + request.url, text: this.#read(Buffer.concat(parts)) });
      response.writeHead(isSigned ? 201 : 403).end();
    });
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
  }

  async stop() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #read(body) {
    const salt = body.subarray(0, 16);
    const end = 21 + body[20];
    const sender = body.subarray(21, end);
    const info = Buffer.concat([Buffer.from("WebPush: info\0"), this.#browser.getPublicKey(), sender]);
    const material = Buffer.from(hkdfSync("sha256", this.#browser.computeSecret(sender), this.#secret, info, 32));
    const derived = (label, length) => Buffer.from(hkdfSync("sha256", material, salt, Buffer.from(`Content-Encoding: ${label}\0`), length));
    const cipher = createDecipheriv("aes-128-gcm", derived("aes128gcm", 16), derived("nonce", 12));
    cipher.setAuthTag(body.subarray(-16));
    const record = Buffer.concat([cipher.update(body.subarray(end, -16)), cipher.final()]);
    return record.subarray(0, record.lastIndexOf(2)).toString();
  }
}

/** Whether a request is signed for this service with the key that it names (RFC 8292). */
function isOurs(authorization, origin) {
  const [, head, claims, signature, key] = authorization.match(/^vapid t=([^.]+)\.([^.]+)\.([^,]+), k=(.+)$/);
  const point = Buffer.from(key, "base64url");
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString("base64url"));
  const publicKey = createPublicKey({ key: { kty: "EC", crv: "P-256", x, y }, format: "jwk" });
  const isRight = verify("sha256", Buffer.from(`${head}.${claims}`), { key: publicKey, dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url"));
  return isRight && JSON.parse(Buffer.from(claims, "base64url")).aud === origin;
}
