/*
 * SHA-256. The browser's own takes a file whole: up to 64 MB it is used. What is larger is hashed
 * piece by piece, written out here (FIPS 180-4), so that memory stays small.
 */
const WHOLE = 64 * 2 ** 20;

const fraction = (root) => ((root - Math.floor(root)) * 0x100000000) | 0;
const primes = [];
for (let n = 2; primes.length < 64; n += 1) if (primes.every((p) => n % p)) primes.push(n);
const K = Int32Array.from(primes, (p) => fraction(Math.cbrt(p)));
const W = new Int32Array(64);

class Sha256 {
  constructor() {
    this.state = Int32Array.from(primes.slice(0, 8), (p) => fraction(Math.sqrt(p)));
    this.left = new Uint8Array(64);
    this.held = 0;
    this.length = 0;
  }

  block(bytes, from) {
    for (let i = 0; i < 16; i += 1) {
      const at = from + i * 4;
      W[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    }
    for (let i = 16; i < 64; i += 1) {
      const x = W[i - 15];
      const y = W[i - 2];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      W[i] = (W[i - 16] + s0 + W[i - 7] + s1) | 0;
    }
    const state = this.state;
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i += 1) {
      const S1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + S1 + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
      const S0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (S0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    state[0] += a; state[1] += b; state[2] += c; state[3] += d;
    state[4] += e; state[5] += f; state[6] += g; state[7] += h;
  }

  take(bytes) {
    let at = 0;
    this.length += bytes.length;
    if (this.held) {
      at = Math.min(64 - this.held, bytes.length);
      this.left.set(bytes.subarray(0, at), this.held);
      this.held += at;
      if (this.held < 64) return;
      this.block(this.left, 0);
      this.held = 0;
    }
    for (; at + 64 <= bytes.length; at += 64) this.block(bytes, at);
    this.left.set(bytes.subarray(at));
    this.held = bytes.length - at;
  }

  digest() {
    const end = new Uint8Array(this.held < 56 ? 64 : 128);
    end.set(this.left.subarray(0, this.held));
    end[this.held] = 0x80;
    const tail = new DataView(end.buffer);
    tail.setUint32(end.length - 8, Math.floor(this.length / 2 ** 29));
    tail.setUint32(end.length - 4, (this.length * 8) >>> 0);
    for (let at = 0; at < end.length; at += 64) this.block(end, at);
    const said = new DataView(new ArrayBuffer(32));
    this.state.forEach((word, n) => said.setInt32(n * 4, word));
    return hex(new Uint8Array(said.buffer));
  }
}

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const unhex = (text) => Uint8Array.from(text.match(/../g) || [], (two) => parseInt(two, 16));
const utf8 = (text) => new TextEncoder().encode(text);

const joined = (parts) => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

const sha = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
const shaHex = async (bytes) => hex(await sha(bytes));

/* The hash of a file out of its pieces; `tell` hears how many bytes were read. */
const hashed = async (file, tell) => {
  if (file.size <= WHOLE) {
    const parts = [];
    for await (const piece of file.pieces()) {
      parts.push(piece);
      tell(piece.length);
    }
    return shaHex(joined(parts));
  }
  const hash = new Sha256();
  for await (const piece of file.pieces()) {
    hash.take(piece);
    tell(piece.length);
  }
  return hash.digest();
};
