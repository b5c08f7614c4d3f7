const DECIMAL = /^([-+]?)(\d*)\.?(\d*)(?:[eE]([-+]?\d+))?$/;

/**
 * A number as text in one form, exactly: no exponent, no zeros that say nothing, no sign of zero.
 *
 * @param text - `42283.58000000`, `1e-7`
 * @param shift - decimal places to move the point to the right; negative: to the left
 * @returns undefined when it is no finite number
 */
export function canonicalDecimal(text: string, shift = 0): string | undefined {
  const match = DECIMAL.exec(text.trim());
  if (match === null || match[2]! + match[3]! === '') return undefined;
  const [, sign, whole, fraction, exponent] = match as unknown as [string, string, string, string, string | undefined];
  const moved = shift + Number(exponent ?? 0);
  if (Math.abs(moved) > 400) return undefined;
  const digits = whole + fraction;
  const point = whole.length + moved;
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(point, 1);
  const left = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const right = padded.slice(at).replace(/0+$/, '');
  const value = right === '' ? left : `${left}.${right}`;
  return sign === '-' && value !== '0' ? `-${value}` : value;
}
