/* A ZIP's files without unpacking it: names, sizes, and the bytes of one file at a time. */
const MOST = 100000; // files
const FREE = 2 ** 30; // bytes that a ZIP may unpack to, beside 100 times its own
const DIRECTORY = MOST * 256; // bytes of its table of contents

class Unreadable extends Error {}

const view = async (blob, from, to) => new DataView(await blob.slice(from, to).arrayBuffer());

const far = (data, at) => {
  const found = data.getBigUint64(at, true);
  if (found > BigInt(Number.MAX_SAFE_INTEGER)) throw new Unreadable("page.broken_zip");
  return Number(found);
};

const contents = async (blob) => {
  const start = Math.max(0, blob.size - 22 - 65535 - 76);
  const tail = await view(blob, start, blob.size);
  let at = tail.byteLength - 22;
  while (at >= 0 && tail.getUint32(at, true) !== 0x06054b50) at -= 1;
  if (at < 0 || at !== tail.byteLength - 22) throw new Unreadable("page.broken_zip");
  let ends = blob.size - 22;
  let count = tail.getUint16(at + 10, true);
  let size = tail.getUint32(at + 12, true);
  let from = tail.getUint32(at + 16, true);
  if (at >= 76 && tail.getUint32(at - 20, true) === 0x07064b50) {
    const end = at - 76; // as all write it: the larger record stands right before
    if (tail.getUint32(end, true) !== 0x06064b50) throw new Unreadable("page.broken_zip");
    ends -= 76;
    count = far(tail, end + 32);
    size = far(tail, end + 40);
    from = far(tail, end + 48);
  }
  if (count > MOST || size > DIRECTORY) throw new Unreadable("page.no_packet");
  if (from + size !== ends) throw new Unreadable("page.broken_zip");
  return { count, from, table: await view(blob, from, from + size) };
};

const entryAt = (table, at) => {
  if (at + 46 > table.byteLength || table.getUint32(at, true) !== 0x02014b50) {
    throw new Unreadable("page.broken_zip");
  }
  const named = table.getUint16(at + 28, true);
  const more = table.getUint16(at + 30, true);
  const next = at + 46 + named + more + table.getUint16(at + 32, true);
  if (next > table.byteLength) throw new Unreadable("page.broken_zip");
  const bytes = new Uint8Array(table.buffer, table.byteOffset + at + 46, named);
  const entry = {
    name: String.fromCharCode(...bytes),
    flags: table.getUint16(at + 8, true),
    method: table.getUint16(at + 10, true),
    packed: table.getUint32(at + 20, true),
    size: table.getUint32(at + 24, true),
    kind: (table.getUint32(at + 38, true) >>> 16) & 0xf000,
    from: table.getUint32(at + 42, true),
  };
  entry.renamed = renamed(new DataView(table.buffer, table.byteOffset + at + 46 + named, more));
  let field = at + 46 + named;
  const end = field + more;
  while (field + 4 <= end) {
    const [id, long] = [table.getUint16(field, true), table.getUint16(field + 2, true)];
    if (id === 1) {
      let value = field + 4;
      for (const each of ["size", "packed", "from"]) {
        if (entry[each] === 0xffffffff && value + 8 <= field + 4 + long && value + 8 <= end) {
          entry[each] = far(table, value);
          value += 8;
        }
      }
    }
    field += 4 + long;
  }
  return { entry, next };
};

const plain = (path) =>
  /^[!-~]{1,512}$/.test(path) &&
  !/[\\:]/.test(path) &&
  path.split("/").every((part) => part && part !== "." && part !== "..");

/* Without the one folder that all of them may lie in. */
const withoutTop = (files) => {
  const tops = new Set([...files.keys()].map((name) => name.split("/")[0]));
  if (tops.size !== 1 || [...files.keys()].some((name) => !name.includes("/"))) return files;
  const cut = [...tops][0].length + 1;
  return new Map([...files].map(([name, file]) => [name.slice(cut), file]));
};

/* What is in a file, piece by piece. */
async function* pieces(blob) {
  const reader = blob.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

async function* unpacked(blob, entry) {
  const head = await view(blob, entry.from, entry.from + 30);
  if (head.byteLength < 30 || head.getUint32(0, true) !== 0x04034b50) throw new Unreadable();
  const named = head.getUint16(26, true);
  const begins = entry.from + 30 + named + head.getUint16(28, true);
  const name = new Uint8Array(await blob.slice(entry.from + 30, entry.from + 30 + named).arrayBuffer());
  if (String.fromCharCode(...name) !== entry.name) throw new Unreadable();
  const raw = blob.slice(begins, begins + entry.packed);
  if (raw.size !== entry.packed) throw new Unreadable();
  let stream = raw.stream();
  if (entry.method === 8) stream = stream.pipeThrough(new DecompressionStream("deflate-raw"));
  const reader = stream.getReader();
  let read = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    read += value.length;
    if (read > entry.size) {
      await reader.cancel();
      throw new Unreadable();
    }
    yield value;
  }
  if (read !== entry.size) throw new Unreadable();
}

const renamed = (extra) => {
  for (let at = 0; at + 4 <= extra.byteLength; at += 4 + extra.getUint16(at + 2, true)) {
    if (extra.getUint16(at, true) === 0x7075) return true;
  }
  return false;
};

/* Files lie one behind the other, and each begins as the table says: else another program unpacks
   something else than was checked. */
const beSeamless = async (blob, entries, end) => {
  let [at, later] = [0, false];
  const joins = (gap) => gap === 0 || (later && gap >= 12 && gap <= 24);
  const broken = () => new Unreadable("page.broken_zip");
  for (const entry of [...entries].sort((a, b) => a.from - b.from)) {
    const head = await view(blob, entry.from, entry.from + 30);
    if (head.byteLength < 30 || head.getUint32(0, true) !== 0x04034b50) throw broken();
    if (!joins(entry.from - at) || head.getUint16(8, true) !== entry.method) throw broken();
    later = (head.getUint16(6, true) & 8) !== 0;
    for (const [place, size] of [[18, entry.packed], [22, entry.size]]) {
      const told = head.getUint32(place, true);
      if (told !== size && told !== 0xffffffff && !(later && told === 0)) throw broken();
    }
    const more = entry.from + 30 + head.getUint16(26, true);
    at = more + head.getUint16(28, true);
    if (entry.renamed || renamed(await view(blob, more, at))) throw broken();
    at += entry.packed;
  }
  if (!joins(end - at)) throw broken();
};

/* Files of a ZIP: a map of names to {size, pieces}. */
const openZip = async (blob) => {
  const { count, from, table } = await contents(blob);
  const found = new Map();
  const entries = [];
  let [at, whole, packed] = [0, 0, 0];
  for (let n = 0; n < count; n += 1) {
    const { entry, next } = entryAt(table, at);
    at = next;
    entries.push(entry);
    whole += entry.size;
    packed += entry.packed;
    const folder = entry.name.endsWith("/") && entry.size === 0;
    const usual = (entry.method === 0 || entry.method === 8) && (entry.flags & 1) === 0;
    const file = entry.kind === 0 || entry.kind === 0x8000 || (folder && entry.kind === 0x4000);
    if (!plain(folder ? entry.name.slice(0, -1) : entry.name) || !usual || !file) {
      throw new Unreadable("page.no_packet", { cause: entry.name });
    }
    if (folder) continue;
    if (found.has(entry.name)) throw new Unreadable("page.no_packet", { cause: entry.name });
    found.set(entry.name, { size: entry.size, pieces: () => unpacked(blob, entry) });
  }
  if (at !== table.byteLength) throw new Unreadable("page.broken_zip");
  if (whole > FREE + 100 * blob.size || packed > blob.size) throw new Unreadable("page.no_packet");
  await beSeamless(blob, entries, from);
  return withoutTop(found);
};

/* The same of a folder that was chosen: the browser names it first. */
const openFolder = (list) => {
  const found = new Map();
  for (const file of list) {
    const name = file.webkitRelativePath.split("/").slice(1).join("/");
    if (!plain(name) || found.size >= MOST) throw new Unreadable("page.no_packet", { cause: name });
    found.set(name, { size: file.size, pieces: () => pieces(file) });
  }
  return found.has("bagit.txt") ? found : withoutTop(found);
};
