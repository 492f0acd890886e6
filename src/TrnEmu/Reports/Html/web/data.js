// Reads the page's block of data: see Reports/Html/Data in C#.

const DIFFERENCES = 1, RUNS = 2, WIDE = 4, BYTES = 8, SHORTEST = 5;

function fromBase64(text) {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

function unpack(packed) {
  const bytes = new Uint8Array(new DataView(packed.buffer).getInt32(0, true));
  let from = 4, at = 0;
  const number = () => {
    let value = 0, shift = 0, part;
    do {
      part = packed[from++];
      value |= (part & 127) << shift;
      shift += 7;
    } while (part > 127);
    return value;
  };
  while (from < packed.length) {
    const fresh = number();
    bytes.set(packed.subarray(from, from + fresh), at);
    from += fresh;
    at += fresh;
    if (from >= packed.length) break;
    const end = at + number() + SHORTEST, distance = number();
    if (distance >= end - at) bytes.copyWithin(at, at - distance, end - distance);
    else for (let i = at; i < end; i++) bytes[i] = bytes[i - distance];
    at = end;
  }
  return bytes;
}

// Signs are folded into the lowest bit; beyond 28 bits a number is no longer one for bit operations.
export function reader(bytes, at = 0) {
  return {
    get at() { return at; },
    byte: () => bytes[at++],
    number() {
      let part = bytes[at++], value = part & 127, shift = 7;
      while (part > 127 && shift < 28) {
        part = bytes[at++];
        value |= (part & 127) << shift;
        shift += 7;
      }
      if (part < 128) return value & 1 ? -(value + 1) / 2 : value / 2;
      let scale = 2 ** 28;
      do {
        part = bytes[at++];
        value += (part & 127) * scale;
        scale *= 128;
      } while (part > 127);
      return value % 2 ? -(value + 1) / 2 : value / 2;
    },
  };
}

function column(bytes, count, coding) {
  if (coding & BYTES) return bytes;
  const values = coding & WIDE ? new Float64Array(count) : new Int32Array(count);
  const from = reader(bytes), differences = coding & DIFFERENCES;
  let last = 0;
  for (let i = 0; i < count;) {
    const value = from.number();
    let times = coding & RUNS ? from.number() + 1 : 1;
    for (; times > 0; times--) values[i++] = last = differences ? last + value : value;
  }
  return values;
}

// Header and columns in one object: run.elapsed, run["inst.start"], …; columns are read when first asked for.
export function readData(element) {
  const bytes = unpack(fromBase64(element.textContent.trim()));
  element.remove();
  const length = new DataView(bytes.buffer).getInt32(0, true);
  const run = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  let at = 4 + length;
  for (const [name, count, coding, size] of run.columns) {
    const part = bytes.subarray(at, at + size);
    at += size;
    let values = null;
    Object.defineProperty(run, name, { get: () => values ??= column(part, count, coding) });
  }
  return run;
}
