// Numbers as people read them; the same words as the reports in C#.

const trim = (number, digits = 3) => String(+number.toPrecision(digits));

export function time(ps) {
  const size = Math.abs(ps);
  if (size >= 1e12) return trim(ps / 1e12, 4) + " s";
  if (size >= 1e9) return trim(ps / 1e9, 4) + " ms";
  if (size >= 1e6) return trim(ps / 1e6, 4) + " us";
  return trim(ps / 1e3, 3) + " ns";
}

// A moment keeps as many decimals as tell neighbours in the view apart.
export function moment(ps, span) {
  const digits = Math.min(6, Math.max(2, Math.ceil(9 - Math.log10(span + 1))));
  return (ps / 1e6).toFixed(digits) + " us";
}

export function bytes(count) {
  if (count >= 2 ** 30) return trim(count / 2 ** 30) + " GiB";
  if (count >= 2 ** 20) return trim(count / 2 ** 20) + " MiB";
  if (count >= 2 ** 10) return trim(count / 2 ** 10) + " KiB";
  return count + " B";
}

export function percent(share) {
  const value = share * 100;
  return (value > 0 && value < 0.95 || value > 99.5 && value < 100 ? value.toFixed(1) : value.toFixed(0)) + " %";
}

export const count = number => Math.round(number).toString().replace(/\B(?=(\d{3})+$)/g, ",");

export const times = (number, what) => `${count(number)} ${what}${number === 1 ? "" : "s"}`;

export function rate(flopsPerPs) {
  const tera = flopsPerPs;
  return tera >= 1 ? trim(tera) + " Tflop/s" : tera >= 1e-3 ? trim(tera * 1e3) + " Gflop/s" : trim(tera * 1e6) + " Mflop/s";
}

// A value in a cell of the array: six characters at most.
export function cell(value) {
  if (typeof value === "string") return value;
  if (value === 0) return "0";
  const size = Math.abs(value);
  return size >= 1e4 || size < 1e-3 ? value.toExponential(0) : value.toFixed(size >= 100 ? 1 : 2);
}
