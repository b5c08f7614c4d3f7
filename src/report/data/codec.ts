/**
 * Columns as short text: whole steps, each coded as its difference from the one before (of the rounded series, so errors never add
 * up), as zigzag varints in base64. `NaN` is kept. Decoding needs nothing but the language: it runs in Node and in a page.
 */

/** Steps of ln(value / first): a relative error of at most 5e-6. */
const LN_UNIT = 1e-5;
/** Linear steps, as a share of the largest value. */
const LINEAR_SHARE = 1e-6;

/** One packed column: value = first · e^(unit · steps) or unit · steps. */
export type PackedColumn =
  | { readonly scale: 'ln'; readonly unit: number; readonly first: number; readonly data: string }
  | { readonly scale: 'linear'; readonly unit: number; readonly data: string };

/** Packs a column: by its logarithm where every value is positive (money, prices), in linear steps else (sums, ratios with gaps). */
export function packColumn(values: Float64Array): PackedColumn {
  const first = values[0] ?? 0;
  if (values.every((value) => value > 0 && value < Infinity)) {
    const steps = values.map((value) => Math.round(Math.log(value / first) / LN_UNIT));
    return { scale: 'ln', unit: LN_UNIT, first, data: packIntegers(steps) };
  }
  let largest = 0;
  for (const value of values) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
  const unit = largest === 0 ? 1 : 10 ** Math.ceil(Math.log10(largest * LINEAR_SHARE));
  return {
    scale: 'linear',
    unit,
    data: packIntegers(values.map((value) => (Number.isFinite(value) ? Math.round(value / unit) : NaN))),
  };
}

/** The column back, with the rounding of its unit. */
export function unpackColumn(column: PackedColumn): Float64Array {
  const steps = unpackIntegers(column.data);
  return column.scale === 'ln'
    ? steps.map((step) => column.first * Math.exp(step * column.unit))
    : steps.map((step) => step * column.unit);
}

/** Whole numbers (NaN for none) as delta varints; differences must stay below 2^51. */
export function packIntegers(values: Float64Array): string {
  const bytes: number[] = [];
  let previous = 0;
  for (const value of values) {
    // Code 0 is "no value"; a difference d is 2d + 1 or −2d, so that small ones of either sign take one byte.
    let code = 0;
    if (!Number.isNaN(value)) {
      const difference = value - previous;
      code = difference >= 0 ? 2 * difference + 1 : -2 * difference;
      previous = value;
    }
    // Division instead of shifts: codes may pass 2^31.
    while (code > 127) {
      bytes.push((code % 128) + 128);
      code = Math.floor(code / 128);
    }
    bytes.push(code);
  }
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** The inverse of `packIntegers`. */
export function unpackIntegers(data: string): Float64Array {
  const binary = atob(data);
  const values: number[] = [];
  let previous = 0;
  let code = 0;
  let scale = 1;
  for (let i = 0; i < binary.length; i++) {
    const byte = binary.charCodeAt(i);
    code += (byte & 127) * scale;
    scale *= 128;
    if (byte > 127) continue;
    if (code > 0) previous += code % 2 === 1 ? (code - 1) / 2 : -code / 2;
    values.push(code === 0 ? NaN : previous);
    code = 0;
    scale = 1;
  }
  return Float64Array.from(values);
}
