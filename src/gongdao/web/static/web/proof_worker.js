/*
 * Solves a challenge: finds a nonce that makes SHA-256(challenge + nonce) begin with zero bits.
 * Written out (FIPS 180-4), because the browser's own SHA-256 answers one message at a time with a
 * promise, ten times slower, and is not there at all on a page without https.
 */
"use strict";

const fraction = (root) => ((root - Math.floor(root)) * 0x100000000) | 0;
const primes = [];
for (let n = 2; primes.length < 64; n += 1) if (primes.every((p) => n % p)) primes.push(n);
const K = Int32Array.from(primes, (p) => fraction(Math.cbrt(p)));
const START = Int32Array.from(primes.slice(0, 8), (p) => fraction(Math.sqrt(p)));
const W = new Int32Array(64);

/* One block of 16 words, taken into the eight words of a state. */
const take = (state, words, from) => {
  for (let i = 0; i < 16; i += 1) W[i] = words[from + i];
  for (let i = 16; i < 64; i += 1) {
    const x = W[i - 15];
    const y = W[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    W[i] = (W[i - 16] + s0 + W[i - 7] + s1) | 0;
  }
  let a = state[0], b = state[1], c = state[2], d = state[3];
  let e = state[4], f = state[5], g = state[6], h = state[7];
  for (let i = 0; i < 64; i += 1) {
    const S1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + S1 + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
    const S0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (S0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d;
  state[4] += e; state[5] += f; state[6] += g; state[7] += h;
};

const WIDTH = 7; // characters of a nonce: 36^7 of them
const EVERY = 16384; // tries between two words on how far it is

const LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz";

const put = (words, at, code) => {
  const shift = 24 - (at % 4) * 8;
  words[at >> 2] = (words[at >> 2] & ~(0xff << shift)) | (code << shift);
};

/* The nonce, or null where there is none. `tell` hears how many were tried. */
const solve = (challenge, difficulty, tell) => {
  const bytes = challenge.length + WIDTH;
  const words = new Int32Array(Math.ceil((bytes + 9) / 64) * 16);
  for (let i = 0; i < challenge.length; i += 1) put(words, i, challenge.charCodeAt(i));
  put(words, bytes, 0x80);
  words[words.length - 1] = bytes * 8;
  const whole = (challenge.length >> 6) << 4; // words that no nonce changes
  const before = START.slice();
  for (let at = 0; at < whole; at += 16) take(before, words, at);
  const state = new Int32Array(8);
  const nonce = new Array(WIDTH).fill(0);
  const write = (i) => put(words, challenge.length + i, LETTERS.charCodeAt(nonce[i]));
  for (let i = 0; i < WIDTH; i += 1) write(i);
  for (let tried = 0; tried < 36 ** WIDTH; tried += 1) {
    state.set(before);
    for (let at = whole; at < words.length; at += 16) take(state, words, at);
    if (Math.clz32(state[0]) >= difficulty) return nonce.map((n) => LETTERS[n]).join("");
    for (let i = WIDTH - 1; i >= 0; i -= 1) {
      nonce[i] = (nonce[i] + 1) % LETTERS.length;
      write(i);
      if (nonce[i] !== 0) break;
    }
    if (tried % EVERY === EVERY - 1) tell(tried + 1);
  }
  return null;
};

self.addEventListener("message", ({ data }) => {
  const nonce = solve(data.challenge, data.difficulty, (tried) => self.postMessage({ tried }));
  self.postMessage({ nonce });
});
