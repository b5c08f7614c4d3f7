import { relative, resolve } from 'node:path';

/** A path as one would type it here: relative to the working directory where it lies below, else as it is. */
export function shortPath(path: string): string {
  const short = relative(process.cwd(), resolve(path));
  return short === '' ? '.' : short.startsWith('..') ? path : short;
}
