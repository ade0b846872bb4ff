// @ts-check
// How index files are read: docs/search-format.md.

// As in search/records.py.
export const FACETS = /** @type {const} */ (["outlet", "topic", "person", "place", "organization", "story"]);
export const SLOTS = 2 ** 24; // an article's number is day × SLOTS + slot

/** @param {ArrayBuffer | Uint8Array<ArrayBuffer>} packed */
export async function inflated(packed) {
  const stream = new Blob([/** @type {BlobPart} */ (packed)]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Text as the format has it: windows-1256, all else \uXXXX. @param {Uint8Array<ArrayBuffer>} bytes */
export const text = (bytes) =>
  new TextDecoder("windows-1256")
    .decode(bytes)
    .replace(/\\u([0-9a-f]{4})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));

/** @param {Uint8Array<ArrayBuffer>} bytes */
export const utf8 = (bytes) => new TextDecoder().decode(bytes);

/** @param {Uint8Array<ArrayBuffer>} bytes */
export function reader(bytes) {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      if (byte === undefined) throw new RangeError("cut short");
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  const more = () => at < bytes.length;
  const section = () => {
    const length = varint();
    at += length;
    if (at > bytes.length) throw new RangeError("cut short");
    return bytes.subarray(at - length, at);
  };
  const all = () => {
    const values = [];
    while (more()) values.push(varint());
    return values;
  };
  return { varint, section, more, all };
}

/** Lists of positions, `from` up to `to`. @param {Uint8Array<ArrayBuffer>} bytes @param {number} from @param {number} to */
export function gapLists(bytes, from, to) {
  const { varint, more } = reader(bytes);
  /** @type {number[][]} */
  const lists = [];
  for (let number = 0; number < to && more(); number++) {
    const list = [];
    for (let position = 0, value = 1; value & 1; ) {
      value = varint();
      list.push((position += value >>> 1));
    }
    if (number >= from) lists.push(list);
  }
  return lists;
}
