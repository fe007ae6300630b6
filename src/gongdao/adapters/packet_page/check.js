/*
 * The checks of docs/packet-format.md, one by one. Each says lines: [check, outcome, code, about,
 * facts]. What fails stops nothing else, and what could not be checked is said.
 */
const [PROVEN, OPEN, FAILED] = ["proven", "not proven", "failed"];
const TABLE = "data/packet.json";
const LISTS = ["tagmanifest-sha256.txt", "manifest-sha256.txt"];
const SIGNATURE = "signature.json";
const MUST = ["bagit.txt", "bag-info.txt", "README.txt", "verify.html", LISTS[1], TABLE];
const READ = 64 * 2 ** 20; // bytes of a file that is read, and not only hashed
const HASH = /^[0-9a-f]{64}$/;

class Broken extends Error {}

const must = (right) => {
  if (!right) throw new Broken();
};

/* Shapes of JSON. */
const isText = (it) => typeof it === "string";
const isNumber = (it) => Number.isSafeInteger(it);
const isHash = (it) => isText(it) && HASH.test(it);
const isMap = (it) => typeof it === "object" && it !== null && !Array.isArray(it);
const orNull = (shape) => (it) => it === null || shape(it);
const listOf = (shape) => (it) => Array.isArray(it) && it.every(shape);
const mapOf = (shapes) => (it) =>
  isMap(it) && Object.entries(shapes).every(([name, shape]) => shape(it[name]));

const FILE = mapOf({
  path: orNull(isText), role: isText, sha256: isHash, size: isNumber, leaf: orNull(isText),
});
const SHAPES = {
  "gongdao.packet.v1": mapOf({
    origin: isText, case: isText, made_for: isText, as_of: isText,
    exhibits: listOf(mapOf({
      number: isNumber, received_at: isText, leaf: orNull(isText), files: listOf(FILE),
    })),
    texts: listOf(mapOf({
      what: isText, text: isText, salt: orNull(isText), digest: isText, leaf: orNull(isText),
    })),
    records: listOf(mapOf({ leaf: isHash, path: isText })),
    proofs: mapOf({
      log: orNull(isText),
      timestamps: listOf(mapOf({ path: isText, about: isText, digest: isText, at: isText })),
    }),
  }),
  "gongdao.packet.log.v1": mapOf({
    log_key: isText, checkpoint: isText, size: isNumber,
    entries: listOf(mapOf({ leaf: isHash, place: isNumber, path: listOf(isHash) })),
  }),
  "gongdao.packet.signature.v1": mapOf({
    origin: isText, case: isText, tagmanifest: isHash, key: isText, public_key: isText,
    signature: isText,
  }),
};

const json = (bytes, format) => {
  must(bytes);
  let found;
  try {
    found = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw new Broken();
  }
  must(isMap(found) && found.format === format && SHAPES[format](found));
  return found;
};

const base64 = (text) => {
  must(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text));
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
};

/* Written in the one way there is: the last letter has bits that say nothing (RFC 4648, 3.5). */
const exactly = (text) => {
  const raw = base64(text);
  must(btoa(String.fromCharCode(...raw)) === text);
  return raw;
};

const same = (a, b) => a.length === b.length && a.every((byte, n) => byte === b[n]);

/* Ed25519 by the browser; where it has none, by the small library in this page. */
const signed = async (key, signature, message) => {
  if (key.length !== 32 || signature.length !== 64) return false;
  let own;
  try {
    own = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
  } catch {
    try {
      return await noble.verifyAsync(signature, message, key, { zip215: false });
    } catch {
      return false;
    }
  }
  return crypto.subtle.verify({ name: "Ed25519" }, own, signature, message);
};

/* The files of a packet, each hashed once. */
class Seen {
  constructor(files) {
    this.files = files;
    this.hashes = new Map();
    this.contents = new Map();
  }

  has(path) {
    return this.files.has(path);
  }

  async sha(path, tell = () => {}) {
    if (!this.has(path)) return null;
    if (!this.hashes.has(path)) {
      this.hashes.set(path, await hashed(this.files.get(path), tell).catch(() => null));
    }
    return this.hashes.get(path);
  }

  async read(path) {
    if (!this.has(path) || this.files.get(path).size > READ) return null;
    if (!this.contents.has(path)) {
      const parts = [];
      try {
        for await (const piece of this.files.get(path).pieces()) parts.push(piece);
        this.contents.set(path, joined(parts));
      } catch {
        this.contents.set(path, null);
      }
    }
    return this.contents.get(path);
  }
}

/* Lines of one check as they come up. */
class Says {
  constructor(check) {
    this.check = check;
    this.lines = [];
  }

  add(outcome, code, about, facts) {
    this.lines.push({ check: this.check, outcome, code: `${this.check}.${code}`, about, facts });
  }

  proven(code, about = "", facts = {}) {
    this.add(PROVEN, code, about, facts);
  }

  unproven(code, about = "", facts = {}) {
    this.add(OPEN, code, about, facts);
  }

  failed(code, about = "", facts = {}) {
    this.add(FAILED, code, about, facts);
  }

  get fails() {
    return this.lines.some((line) => line.outcome === FAILED);
  }
}

const manifest = (bytes) => {
  must(bytes);
  const lines = new TextDecoder("latin1").decode(bytes);
  const found = new Map();
  const each = lines.split("\n");
  must(each.pop() === "");
  for (const line of each) {
    const shape = /^([0-9a-f]{64}) {2}([!-~]+)$/.exec(line);
    must(shape && !found.has(shape[2]));
    found.set(shape[2], shape[1]);
  }
  return found;
};

const aboutFolder = async (seen, packet, tell) => {
  const says = new Says("folder");
  const named = new Map(MUST.map((path) => [path, ""]));
  for (const path of LISTS) {
    try {
      const inside = path === LISTS[1];
      for (const [name, hash] of manifest(await seen.read(path))) {
        if (name.startsWith("data/") === inside) named.set(name, hash);
      }
    } catch (problem) {
      if (!(problem instanceof Broken)) throw problem;
      says.failed(seen.has(path) ? "broken" : "missing", path);
    }
  }
  if (says.fails) return says.lines;
  const there = [...seen.files.keys()].filter((path) => path !== LISTS[0] && path !== SIGNATURE);
  for (const path of [...new Set([...named.keys(), ...there])].sort()) {
    const listed = named.get(path);
    if (!seen.has(path)) says.failed("missing", path);
    else if (!listed) says.failed("added", path);
    else {
      const found = await seen.sha(path, tell);
      if (found === null) says.failed("unreadable", path);
      else if (found !== listed) says.failed("changed", path);
    }
  }
  if (packet === null && !says.fails) says.failed("broken", TABLE);
  if (!says.fails) says.proven("holds", "", { files: seen.files.size });
  if (packet !== null) {
    const explained = new Set([TABLE, "data/packet.pdf", packet.proofs.log]);
    packet.proofs.timestamps.forEach((each) => explained.add(each.path));
    packet.records.forEach((each) => explained.add(each.path));
    packet.exhibits.forEach((it) => it.files.forEach((file) => explained.add(file.path)));
    [...seen.files.keys()].sort().forEach((path) => {
      if (path.startsWith("data/") && !explained.has(path)) says.unproven("unexplained", path);
    });
  }
  return says.lines;
};

const aboutSignature = async (seen, packet, trust) => {
  const says = new Says("signature");
  if (!seen.has(SIGNATURE)) {
    says.failed("missing", SIGNATURE);
    return says.lines;
  }
  let found;
  try {
    found = json(await seen.read(SIGNATURE), "gongdao.packet.signature.v1");
    const fields = [found.origin, found.case, found.tagmanifest, found.key];
    must(fields.every((field) => !field.includes("\n")));
    const [key, signature] = [exactly(found.public_key), exactly(found.signature)];
    const lines = ["gongdao.packet.v1", ...fields].map((line) => `${line}\n`).join("");
    const named = (await shaHex(key)).slice(0, 16) === found.key;
    if (!named || !(await signed(key, signature, utf8(lines)))) says.failed("false", SIGNATURE);
  } catch (problem) {
    if (!(problem instanceof Broken)) throw problem;
    says.failed("broken", SIGNATURE);
    return says.lines;
  }
  if ((await seen.sha(LISTS[0])) !== found.tagmanifest) says.failed("other_list", LISTS[0]);
  if (packet && (packet.origin !== found.origin || packet.case !== found.case)) {
    says.failed("other_case", SIGNATURE);
  }
  const known = trust.operator;
  if (known && !known.has(found.key) && !known.has(found.public_key)) {
    says.failed("unknown_key", SIGNATURE, { key: found.key });
  }
  if (!says.fails) {
    says.proven("holds", "", { origin: found.origin, key: found.key });
    if (!known) says.unproven("key", "", { key: found.key });
  }
  return says.lines;
};

/* What a record says: its kind, and its body if there is one to be read. */
const wordsOf = (record) => {
  let lines;
  try {
    lines = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(record).split("\n");
  } catch {
    return { kind: "", stream: "", body: null };
  }
  const event = lines[0] === "event";
  const kind = event ? lines[3] : "report";
  const stream = event ? lines[1] : "";
  const body = event ? lines.slice(4).join("\n") : lines.slice(1).join("\n");
  try {
    return { kind, stream, body: event || lines[0] === "report" ? JSON.parse(body) : null };
  } catch {
    return { kind, stream, body: null };
  }
};

const stands = (body, digest) => {
  const waiting = [body];
  while (waiting.length) {
    const each = waiting.pop();
    if (each === digest) return true;
    if (each && typeof each === "object") waiting.push(...Object.values(each));
  }
  return false;
};

/* A text stands where its name says, KIND.FIELD; one named by the kind alone, anywhere. */
const standsAs = (words, what, digest) => {
  if (what === words.kind) return stands(words.body, digest);
  if (!what.startsWith(`${words.kind}.`)) return false;
  let found = words.body;
  for (const name of what.slice(words.kind.length + 1).split(".")) {
    found = isMap(found) && Object.hasOwn(found, name) ? found[name] : null;
  }
  return found === digest;
};

const isReceiptOf = (words, packet, exhibit) =>
  words.kind === "exhibit.received" && isMap(words.body) &&
  words.body.case === packet.case && words.body.number === exhibit.number;

const namesFile = (words, digest, role) => {
  const own = isMap(words.body) && isMap(words.body.file) && words.body.file.sha256 === digest;
  if (words.kind === "exhibit.received") return role === "original" && own;
  if (words.kind === "exhibit.derived") return role !== "original" && own;
  return role !== "original" && stands(words.body, digest);
};

const moment = (text) => (/[Z+-]/.test(String(text).slice(10)) ? Date.parse(text) : NaN);

const aboutRecords = async (seen, packet) => {
  const says = new Says("records");
  const known = new Map();
  for (const each of packet.records) {
    const record = await seen.read(each.path);
    if (record === null) says.failed("missing", each.path);
    else if ((await shaHex(joined([new Uint8Array(1), record]))) !== each.leaf) {
      says.failed("changed", each.path);
    } else known.set(each.leaf, wordsOf(record));
  }
  if (!packet.records.length) says.unproven("none");
  else if (!says.fails) says.proven("holds", "", { records: known.size });
  return [says.lines, known];
};

const aboutFile = async (seen, exhibit, file, known, says) => {
  const about = file.path || `exhibit ${exhibit.number} ${file.role}`;
  if (file.path === null) says.unproven("left_out", about);
  else if (!seen.has(file.path)) return says.failed("missing", about);
  else if (
    (await seen.sha(file.path)) !== file.sha256 ||
    seen.files.get(file.path).size !== file.size
  ) {
    return says.failed("changed", about);
  }
  if (file.leaf === null) {
    return says.unproven(file.role === "text" ? "by_program" : "no_record", about);
  }
  if (!known.has(file.leaf)) return says.failed("no_such_record", about);
  const [words, receipt] = [known.get(file.leaf), known.get(exhibit.leaf)];
  const same = receipt && words.stream === receipt.stream;
  const own = same && (file.role !== "original" || file.leaf === exhibit.leaf);
  if (!own || !namesFile(words, file.sha256, file.role)) {
    says.failed("not_in_record", about);
  }
  return undefined;
};

const aboutExhibits = async (seen, packet, known) => {
  const says = new Says("exhibits");
  let shown = 0;
  for (const exhibit of packet.exhibits) {
    if (exhibit.leaf !== null) {
      const words = known.get(exhibit.leaf);
      const told = moment(exhibit.received_at);
      if (!words) says.failed("no_such_record", `exhibit ${exhibit.number}`);
      else if (!isReceiptOf(words, packet, exhibit)) {
        says.failed("other_exhibit", `exhibit ${exhibit.number}`);
      }
      if (words && !(Math.abs(told - moment(isMap(words.body) && words.body.at)) < 1000)) {
        says.failed("other_time", `exhibit ${exhibit.number}`);
      }
    }
    for (const file of exhibit.files) {
      const before = says.lines.length;
      await aboutFile(seen, exhibit, file, known, says);
      if (says.lines.length === before) shown += 1;
    }
  }
  if (!packet.exhibits.length) says.unproven("none");
  else if (shown) says.proven("holds", "", { files: shown });
  return says.lines;
};

const aboutTexts = async (packet, known) => {
  const says = new Says("texts");
  let shown = 0;
  for (const each of packet.texts) {
    if (each.salt === null) {
      says.unproven(each.leaf ? "masked" : "no_record", each.what);
      continue;
    }
    const salted = joined([unhex(each.salt), utf8(each.text)]);
    // Always as long: were it longer, the first words of a text could be moved into it.
    const whole = (each.leaf === null ? /^$/ : /^[0-9a-f]{32}$/).test(each.salt);
    if (!whole || (await shaHex(salted)) !== each.digest) says.failed("changed", each.what);
    else if (each.leaf === null) says.unproven("no_record", each.what);
    else if (!known.has(each.leaf) || !standsAs(known.get(each.leaf), each.what, each.digest)) {
      says.failed("not_in_record", each.what);
    } else shown += 1;
  }
  if (!packet.texts.length) says.unproven("none");
  else if (shown) says.proven("holds", "", { texts: shown });
  return says.lines;
};

const checkPacket = async (seen, trust, tell) => {
  let packet = null;
  try {
    packet = json(await seen.read(TABLE), "gongdao.packet.v1");
  } catch (problem) {
    if (!(problem instanceof Broken)) throw problem;
  }
  const lines = await aboutFolder(seen, packet, tell);
  lines.push(...(await aboutSignature(seen, packet, trust)));
  if (packet) {
    const [records, known] = await aboutRecords(seen, packet);
    lines.push(...records, ...(await aboutExhibits(seen, packet, known)));
    lines.push(...(await aboutTexts(packet, known)));
    const [log, text] = await aboutLog(seen, packet, trust);
    lines.push(...log, ...(await aboutTimestamps(seen, packet, text)));
  } else {
    for (const check of ["records", "exhibits", "texts", "log", "timestamps"]) {
      const says = new Says(check);
      says.unproven("not_checked", TABLE);
      lines.push(...says.lines);
    }
  }
  const says = new Says("words");
  says.unproven("summary");
  says.unproven("truth");
  return { packet, lines: [...lines, ...says.lines] };
};
