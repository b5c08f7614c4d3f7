import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const DECLARATION = /\.d\.ts$/;

/**
 * A source that has changed since its declarations were built; null where none has, as in an installed package, which brings no sources.
 *
 * @param types - directory of the declarations
 * @param sources - directory they are built from, laid out alike
 * @returns a path within `sources`
 */
export function newerSource(types: string, sources: string): string | null {
  const declared = readdirSync(types, { recursive: true, encoding: 'utf8' }).filter((path) => DECLARATION.test(path));
  for (const path of declared) {
    const source = path.replace(DECLARATION, '.ts');
    const file = join(sources, source);
    if (existsSync(file) && statSync(file).mtimeMs > statSync(join(types, path)).mtimeMs) return source;
  }
  return null;
}
