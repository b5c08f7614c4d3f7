// Enough for what a few runs give back before the next takes it.
const MOST = 8;

const spare: Float64Array[] = [];

/**
 * A column of so many numbers, of any value: one that was given back, where there is one of that length. For what a run works on and
 * nobody sees: a new buffer costs its zeros, and its removal.
 */
export function takeBuffer(length: number): Float64Array {
  const at = spare.findIndex((buffer) => buffer.length === length);
  return at < 0 ? new Float64Array(length) : spare.splice(at, 1)[0]!;
}

/** Gives a column back that nothing refers to any more. */
export function giveBuffer(buffer: Float64Array): void {
  if (spare.length < MOST) spare.push(buffer);
}
