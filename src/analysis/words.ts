/** Figures as the headline's sentences write them: true minus sign, grouped thousands, never `−0`. */

/** `1234.56` with 1 decimal → `1,234.6`. */
export function figure(value: number, decimals: number): string {
  const text = value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return /[1-9]/.test(text) ? text.replace('-', '−') : text.replace('-', '');
}

/** Log growth or a return as points: `0.019` → `1.9`; two decimals where one would hide it. */
export function points(rate: number): string {
  const size = 100 * rate;
  return figure(size, size !== 0 && Math.abs(size) < 0.05 ? 2 : 1);
}

/** With its sign, also when positive; zero has none. */
export function signed(text: string): string {
  return text.startsWith('−') || !/[1-9]/.test(text) ? text : `+${text}`;
}

/** `0.541` → `54.1%`; `–` for undefined. */
export function share(fraction: number | null, decimals = 1): string {
  return fraction === null ? '–' : `${figure(100 * fraction, decimals)}%`;
}

/** `once`, `twice`, `14 times`. */
export function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${figure(count, 0)} times`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(parts: readonly string[]): string {
  const head = parts.slice(0, -1).join(', ');
  return head === '' ? (parts[0] ?? '') : `${head} and ${parts.at(-1)!}`;
}
