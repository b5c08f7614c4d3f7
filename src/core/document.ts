import { LineCounter, isMap, isScalar, isSeq, parseDocument, visit, type Document, type Node, type Pair } from 'yaml';
import { ConfigError, type Fault, type Place } from './errors.ts';

/** A YAML or JSON file as plain values, with the place of each of them. */
export interface SourceDocument {
  readonly file: string;
  readonly value: unknown;
  /**
   * Where the value at `path` stands; the nearest enclosing place when the path leads nowhere (a missing key).
   *
   * @param path - keys and list positions from the top
   * @param part - for a value under a key, its `key` or (default) its `value`
   */
  place(path: readonly PropertyKey[], part?: 'key' | 'value'): Place;
}

/**
 * Reads YAML (of which JSON is a part).
 *
 * @param file - only for messages
 * @throws {ConfigError} `file-not-yaml`, with all faults of the syntax
 */
export function parseSource(text: string, file: string): SourceDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const faults = [
    ...document.errors.map(({ code, message, pos }) => ({
      message: code === 'MULTIPLE_DOCS' ? 'a second document begins here, expected one only' : message,
      at: placeAt(pos[0]),
    })),
    ...danglingAliases(document).map(({ source, range }) => ({
      message: `there is no anchor &${source} before the alias *${source}`,
      at: placeAt(range?.[0] ?? 0),
    })),
  ];
  if (faults.length > 0) throw syntaxError(file, faults);
  return {
    file,
    value: plainValue(document, file),
    place: (path, part = 'value') => placeAt(offsetOf(document.contents, path, part)),
  };
}

function danglingAliases(document: Document): { readonly source: string; readonly range?: readonly number[] | null }[] {
  const dangling: { readonly source: string; readonly range?: readonly number[] | null }[] = [];
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) === undefined) dangling.push(alias);
    },
  });
  return dangling;
}

function plainValue(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (cause) {
    // A few lines of aliases of aliases can stand for more than fits into memory; the parser counts them.
    if (!(cause instanceof ReferenceError)) throw cause;
    throw new ConfigError('file-not-yaml', `${file}: its aliases (*name) repeat too much content`, {
      at: { file },
      hint: 'write the content out',
      cause,
    });
  }
}

function syntaxError(file: string, faults: readonly Fault[]): ConfigError {
  const [first] = faults;
  return new ConfigError('file-not-yaml', `${file} is not valid ${/\.json$/i.test(file) ? 'JSON' : 'YAML'}: ${first!.message}`, {
    at: first!.at!,
    faults: faults.length > 1 ? faults : [],
    hint: 'check indentation, quotes and brackets near that place',
  });
}

function offsetOf(root: Node | null, path: readonly PropertyKey[], part: 'key' | 'value'): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const [depth, step] of path.entries()) {
    const last = depth === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => keyText(key) === String(step));
      if (pair === undefined) return offset;
      node = pair.value;
      offset = last && part === 'key' ? keyOffset(pair, offset) : startOf(node, keyOffset(pair, offset));
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = startOf(node, offset);
    } else return offset;
  }
  return offset;
}

function keyText(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}

function keyOffset({ key }: Pair, otherwise: number): number {
  return startOf(key, otherwise);
}

function startOf(node: unknown, otherwise: number): number {
  return (node as Node | null | undefined)?.range?.[0] ?? otherwise;
}
