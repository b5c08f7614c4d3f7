import { isMap, isNode, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import type { Fault, Place } from './errors.ts';
import { didYouMean } from './suggest.ts';

export type Reading<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly faults: readonly Fault[] };

/** A parsed text that still knows where each of its values stands. */
export interface SourceDocument {
  readonly value: unknown;
  /** Line and column of the value at a path, or of the nearest enclosing one; of the key itself with `key`. */
  place(path: readonly PropertyKey[], key?: string): Place;
}

/**
 * Parses JSON or YAML (of which JSON is a part); an empty text is `null`.
 *
 * @returns the faults of the syntax, with line and column, or the document
 */
export function readDocument(text: string, file: string): Reading<SourceDocument> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  if (document.errors.length > 0) {
    return { ok: false, faults: document.errors.map(({ message, pos }) => ({ message, at: placeAt(pos[0]) })) };
  }
  try {
    const place = (path: readonly PropertyKey[], key?: string) => placeAt(offsetOf(document, path, key));
    return { ok: true, value: { value: document.toJS() as unknown, place } };
  } catch (error) {
    return { ok: false, faults: [{ message: (error as Error).message, at: { file } }] };
  }
}

/** Checks a document against a schema; every fault has its path in words, its place, and for unknown names the nearest known one. */
export function checkDocument<S extends z.ZodType>(document: SourceDocument, schema: S): Reading<z.output<S>> {
  const knownKeys: KnownKeys = new WeakMap();
  const result = schema.safeParse(document.value, {
    error: ({ code, input, inst }) => {
      // The only moment at which zod shows the object that did not know a key; several forms of a union may be tried.
      const definition = inst?._zod.def;
      if (code === 'unrecognized_keys' && definition && 'shape' in definition) {
        const known = knownKeys.get(input as object) ?? [];
        knownKeys.set(input as object, [...new Set([...known, ...Object.keys(definition.shape as object)])]);
      }
      return undefined;
    },
  });
  if (result.success) return { ok: true, value: result.data };
  return { ok: false, faults: result.error.issues.flatMap((issue) => faultsOf(issue, [], document, knownKeys)) };
}

type KnownKeys = WeakMap<object, readonly string[]>;

function faultsOf(
  issue: z.core.$ZodIssue,
  prefix: readonly PropertyKey[],
  document: SourceDocument,
  knownKeys: KnownKeys,
): readonly Fault[] {
  const path = [...prefix, ...issue.path];
  const name = path.length === 0 ? '' : `${pathText(path)}: `;
  const input = valueAt(document.value, path);
  const fault: Fault = { message: `${name}${lowerFirst(issue.message)}`, at: document.place(path) };
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        message: `${name}"${key}" is not known here`,
        hint: didYouMean(key, knownKeys.get(input as object) ?? []),
        at: document.place(path, key),
      }));
    case 'invalid_union': {
      // The form that was meant: right at its top, with the fewest faults inside.
      const [meant] = issue.errors.filter((form) => !form.some(rejectsTheWhole)).sort((a, b) => a.length - b.length);
      return meant ? meant.flatMap((inner) => faultsOf(inner, path, document, knownKeys)) : [fault];
    }
    case 'invalid_value': {
      if (typeof input !== 'string') return [fault];
      const options = issue.values.map(String);
      return [{ ...fault, message: `${name}"${input}" is not one of ${options.join(', ')}`, hint: didYouMean(input, options) }];
    }
    case 'invalid_type':
      return [input === undefined ? { ...fault, message: `${name}missing, expected ${issue.expected}` } : fault];
    default:
      return [fault];
  }
}

function rejectsTheWhole({ code, path }: z.core.$ZodIssue): boolean {
  return path.length === 0 && code !== 'unrecognized_keys';
}

function offsetOf(document: Document, path: readonly PropertyKey[], key: string | undefined): number {
  for (let depth = path.length; depth >= 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true);
    if (!isNode(node) || !node.range) continue;
    const pair =
      key !== undefined && depth === path.length && isMap(node) ? node.items.find((item) => String(item.key) === key) : undefined;
    return (isNode(pair?.key) ? pair.key.range?.[0] : undefined) ?? node.range[0];
  }
  return 0;
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], root);
}

/** `['series', 3, 'kind']` → `series[3].kind`. */
function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
