/* The public log (RFC 9162, C2SP tlog-checkpoint and signed-note), and timestamps (RFC 3161). */
const readKey = async (written) => {
  const [name, id, ...rest] = written.trim().split("+");
  const raw = base64(rest.join("+"));
  must(/^[^\s+]+$/.test(name) && raw.length === 33 && (raw[0] === 1 || raw[0] === 4));
  const own = (await sha(joined([utf8(`${name}\n`), raw]))).slice(0, 4);
  must(hex(own) === id);
  return { name, id, kind: raw[0], public: raw.slice(1) };
};

const readNote = (written) => {
  const end = written.lastIndexOf("\n\n");
  const below = written.slice(end + 2).split("\n");
  must(end > 0 && below.pop() === "" && below.length && !/[\0-\x09\x0b-\x1f]/.test(written));
  must(written.length <= 65536 && below.length < 64);
  const lines = below.map((line) => {
    const shape = /^\u2014 ([^\s+]+) (\S+)$/.exec(line);
    must(shape);
    const raw = base64(shape[2]);
    must(raw.length > 4);
    return { name: shape[1], id: hex(raw.slice(0, 4)), value: raw.slice(4) };
  });
  return { text: written.slice(0, end + 1), lines };
};

const readCheckpoint = (text) => {
  const lines = text.split("\n");
  must(lines.length > 3 && lines.pop() === "" && lines.every(Boolean));
  must(/^(?:0|[1-9][0-9]{0,14})$/.test(lines[1]));
  const root = base64(lines[2]);
  must(root.length === 32);
  return { origin: lines[0], size: Number(lines[1]), root };
};

/* Whether a line below a note is by this key. */
const isBy = async (key, line, text) => {
  if (key.kind === 1) return signed(key.public, line.value, utf8(text));
  if (line.value.length !== 72) return false;
  const seconds = new DataView(line.value.slice(0, 8).buffer).getBigUint64(0);
  const said = utf8(`cosignature/v1\ntime ${seconds}\n${text}`);
  return (await signed(key.public, line.value.slice(8), said)) && Number(seconds);
};

const above = async (left, right) => sha(joined([Uint8Array.of(1), left, right]));

/* RFC 9162 §2.1.3.2; null if it cannot be the path of this place. */
const rootFrom = async (leaf, place, size, path) => {
  if (place < 0 || place >= size) return null;
  let [node, last] = [place, size - 1];
  let reached = await sha(joined([new Uint8Array(1), leaf]));
  for (const each of path) {
    if (last === 0) return null;
    if (node % 2 || node === last) {
      reached = await above(each, reached);
      while (node && node % 2 === 0) [node, last] = [node / 2, Math.floor(last / 2)];
    } else reached = await above(reached, each);
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 ? reached : null;
};

const sayShown = async (note, at, trust, records, says) => {
  says.proven("holds", "", { log: at.origin, size: at.size, records });
  if (!trust.log.length) says.unproven("key", "", { log: at.origin });
  let seen = false;
  for (const line of note.lines) {
    for (const key of trust.witnesses) {
      if (key.kind !== 4 || key.name !== line.name || key.id !== line.id) continue;
      const seconds = await isBy(key, line, note.text);
      if (!seconds) continue;
      seen = true;
      const when = new Date(Math.min(seconds, 2 ** 35) * 1000).toISOString();
      says.proven("witness", "", { witness: key.name, at: when });
    }
  }
  if (!seen) says.unproven("no_witness");
};

/* Which of the keys signed; null where a line claims one of them and is not by it. */
const signers = async (note, keys) => {
  const found = [];
  for (const line of note.lines) {
    const key = keys.find((each) => each.name === line.name && each.id === line.id);
    if (!key) continue;
    if (!(await isBy(key, line, note.text))) return null;
    found.push(key);
  }
  return found.length ? found : null;
};

const aboutLog = async (seen, packet, trust) => {
  const says = new Says("log");
  const path = packet.proofs.log;
  if (path === null) {
    says.unproven("none");
    return [says.lines, null];
  }
  let [log, note, at, keys] = [];
  try {
    log = json(await seen.read(path), "gongdao.packet.log.v1");
    note = readNote(log.checkpoint);
    at = readCheckpoint(note.text);
    keys = trust.log.length ? trust.log : [await readKey(log.log_key)];
  } catch (problem) {
    if (!(problem instanceof Broken)) throw problem;
    says.failed(seen.has(path) ? "broken" : "missing", path);
    return [says.lines, null];
  }
  const by = await signers(note, keys);
  if (!by) says.failed("bad_signature", path);
  else if (!by.some((key) => key.name === at.origin)) says.failed("other_name", path);
  if (says.fails) return [says.lines, note.text];
  const files = new Map(packet.records.map((each) => [each.leaf, each.path]));
  const places = new Map(log.entries.map((each) => [each.leaf, each]));
  for (const leaf of new Set([...files.keys(), ...places.keys()])) {
    const entry = places.get(leaf);
    if (!entry) {
      says.unproven("no_entry", files.get(leaf));
      continue;
    }
    const way = entry.path.length > 64 ? null : entry.path.map(unhex);
    const root = way && (await rootFrom(unhex(leaf), entry.place, at.size, way));
    if (!root || !same(root, at.root) || log.size !== at.size) {
      says.failed("not_there", files.get(leaf) || leaf);
    }
  }
  if (!says.fails && places.size) await sayShown(note, at, trust, places.size, says);
  return [says.lines, note.text];
};

/* DER: the contents of the element at a place, and where the next begins. */
const element = (bytes, at = 0) => {
  let [long, from] = [bytes[at + 1], at + 2];
  if (long > 127) {
    const more = long - 128;
    must(more > 0 && more < 5);
    long = bytes.slice(from, from + more).reduce((sum, byte) => sum * 256 + byte, 0);
    from += more;
  }
  must(from + long <= bytes.length);
  return { tag: bytes[at], inner: bytes.slice(from, from + long), next: from + long };
};

const elements = (bytes) => {
  const found = [];
  for (let at = 0; at < bytes.length; ) {
    const each = element(bytes, at);
    found.push(each);
    at = each.next;
  }
  return found;
};

/* What an answer says: the hash that it is about, and the time. Who signed it is not checked. */
const readStamp = (reply) => {
  const within = (bytes, n) => {
    const found = elements(bytes)[n];
    must(found);
    return found.inner;
  };
  const token = within(within(reply, 0), 1); // TimeStampResp, ContentInfo
  const content = within(within(token, 1), 0); // [0], SignedData
  const wrapped = within(within(content, 2), 1); // EncapsulatedContentInfo, [0]
  const info = elements(within(within(wrapped, 0), 0)); // OCTET STRING, TSTInfo
  must(info.length > 4);
  const imprint = elements(info[2].inner);
  const sha256 = elements(imprint[0].inner)[0].inner;
  must(imprint.length === 2 && hex(sha256) === "608648016503040201" && info[4].tag === 0x18);
  const written = new TextDecoder("latin1").decode(info[4].inner);
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z$/.exec(written);
  must(parts);
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number);
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  return { digest: hex(imprint[1].inner), at };
};

const aboutTimestamps = async (seen, packet, checkpoint) => {
  const says = new Says("timestamps");
  for (const stamp of packet.proofs.timestamps) {
    const reply = await seen.read(stamp.path);
    if (reply === null) {
      says.failed("missing", stamp.path);
      continue;
    }
    const wanted = stamp.about === "checkpoint"
      ? [checkpoint === null ? null : await shaHex(utf8(checkpoint))]
      : packet.exhibits.filter((each) => stamp.about === `exhibit ${each.number}`)
        .flatMap((each) => each.files.map((file) => file.sha256));
    try {
      const found = readStamp(reply);
      const when = new Date(found.at).toISOString().replace(".000Z", "Z");
      if (!wanted.includes(stamp.digest) || found.digest !== stamp.digest) {
        says.failed("about_other", stamp.path);
      } else if (!(Math.abs(found.at - moment(stamp.at)) < 1001)) {
        says.failed("other_time", stamp.path);
      } else says.unproven("authority", stamp.path, { at: when });
    } catch (problem) {
      if (!(problem instanceof Broken || problem instanceof TypeError)) throw problem;
      says.failed("broken", stamp.path);
    }
  }
  if (!packet.proofs.timestamps.length) says.unproven("none");
  return says.lines;
};
