/**
 * The known name nearest to what was typed, by Levenshtein distance without regard to case; two letters that changed places are
 * one edit.
 *
 * @returns undefined when nothing is near enough to be a plausible slip (over a third of the longer word, at least 2 edits)
 */
export function nearest(typed: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Infinity;
  for (const name of known) {
    const distance = editDistance(typed.toLowerCase(), name.toLowerCase());
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  const longer = Math.max(typed.length, best?.length ?? 0);
  return bestDistance <= Math.max(2, Math.floor(longer / 3)) ? best : undefined;
}

/** More names than this are not read. */
const LISTED = 12;

/** `Did you mean "x"?` when a known name is near, else what is known. */
export function didYouMean(typed: string, known: Iterable<string>): string {
  const names = [...known];
  const near = nearest(typed, names);
  if (near !== undefined) return `Did you mean "${near}"?`;
  if (names.length === 0) return 'None are known.';
  const more = names.length > LISTED ? ` and ${names.length - LISTED} more` : '';
  return `Known: ${names.slice(0, LISTED).join(', ')}${more}.`;
}

function editDistance(a: string, b: string): number {
  let beforeThat: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? beforeThat[j - 2]! + 1 : Infinity;
      current.push(Math.min(previous[j]! + 1, current[j - 1]! + 1, substitution, swap));
    }
    beforeThat = previous;
    previous = current;
  }
  return previous[b.length]!;
}
