import type { z } from 'zod';
import { clip } from './clip.ts';
import type { Fault, Place } from './errors.ts';
import { didYouMean } from './suggest.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** Finds the place of a path in the file a value was read from. */
export type Locate = (path: Path, part: 'key' | 'value') => Place;

/** A value a schema has accepted, or everything that is wrong with it. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly faults: readonly Fault[];
      /** Paths of the keys that the schema does not know, when nothing else is wrong. */
      readonly stray: readonly Path[];
    };

/**
 * Reads outside data by a schema; each fault says the path, what was expected, and for unknown keys and names the nearest known one.
 *
 * @param locate - the place of a path, where the data has one
 * @param whole - how to call the data itself where a fault has no path
 */
export function check<S extends z.ZodType>(schema: S, data: unknown, locate?: Locate, whole = 'it'): Checked<z.output<S>> {
  const result = schema.safeParse(data, { error: message });
  if (result.success) return { ok: true, value: result.data };
  const found = result.error.issues.flatMap((issue) => flatten(issue, []));
  const stray = found.flatMap(({ issue, path }) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [],
  );
  return {
    ok: false,
    faults: inOrder(found.flatMap(({ issue, path }) => faultsOf(issue, path, whole, locate))),
    stray: found.every(({ issue }) => issue.code === 'unrecognized_keys') ? stray : [],
  };
}

function inOrder(faults: readonly Fault[]): readonly Fault[] {
  return faults.toSorted((a, b) => (a.at?.line ?? 0) - (b.at?.line ?? 0) || (a.at?.column ?? 0) - (b.at?.column ?? 0));
}

/** `account.lots[0].cost` */
export function pathText(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? String(step) : `${text}.${String(step)}`;
  }, '');
}

interface Found {
  readonly issue: Issue;
  /** From the top. */
  readonly path: Path;
}

// A union's own issue says nothing; those of the branch that was meant do.
function flatten(issue: Issue, prefix: Path): Found[] {
  const path = [...prefix, ...issue.path];
  const branch = issue.code === 'invalid_union' ? likeliestBranch(issue.errors) : undefined;
  return branch === undefined ? [{ issue, path }] : branch.flatMap((inner) => flatten(inner, path));
}

function faultsOf(issue: Issue, path: Path, whole: string, locate: Locate | undefined): Fault[] {
  const named = pathText(path) === '' ? whole : pathText(path);
  if (issue.code === 'unrecognized_keys') {
    const hints = issue.message.split('\n');
    return issue.keys.map((key, i) => ({
      message: `${named} has no key "${key}". ${hints[i] ?? ''}`.trimEnd(),
      ...(locate && { at: locate([...path, key], 'key') }),
    }));
  }
  return [{ message: `${named}: ${issue.message}`, ...(locate && { at: locate(path, 'value') }) }];
}

// A branch of a union that fails only because the value is of another kind altogether says nothing about the value.
function likeliestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const meant = branches.filter((issues) => !issues.some((issue) => issue.path.length === 0 && issue.code === 'invalid_type'));
  return meant.toSorted((a, b) => a.length - b.length || strangers(a) - strangers(b))[0];
}

// How many of a branch's issues name keys of which none is near to one that it knows.
function strangers(issues: readonly Issue[]): number {
  return issues.filter(({ code, message }) => code === 'unrecognized_keys' && !message.includes('Did you mean')).length;
}

// Messages are completed here, where the schema (and so every known name) is at hand; zod's own speak to programmers.
function message(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = Object.keys((issue.inst as z.ZodObject | undefined)?.shape ?? {});
      return issue.keys.map((key) => didYouMean(key, known)).join('\n');
    }
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `expected ${article(issue.expected)}, found ${shown(issue.input)}`;
    case 'invalid_value':
      return oneOf(issue.values, issue.input);
    case 'invalid_union':
      return `expected ${formsOf(issue.errors)}, found ${shown(issue.input)}`;
    case 'too_small':
      return `expected ${issue.inclusive === false ? 'more than' : 'at least'} ${limit(issue.minimum, issue.origin)}, found ${shown(issue.input)}`;
    case 'too_big':
      return `expected ${issue.inclusive === false ? 'less than' : 'at most'} ${limit(issue.maximum, issue.origin)}, found ${shown(issue.input)}`;
    default:
      return undefined;
  }
}

// `a number or a map of keys`: what each branch of a union takes.
function formsOf(branches: readonly (readonly Issue[])[]): string {
  const forms = [...new Set(branches.flatMap((issues) => issues.filter(({ path }) => path.length === 0).flatMap(formOf)))];
  return forms.length > 1 ? `${forms.slice(0, -1).join(', ')} or ${forms.at(-1)}` : (forms[0] ?? 'another form');
}

function formOf(issue: Issue): string[] {
  if (issue.code === 'invalid_union') return issue.errors.flatMap((branch) => branch.flatMap(formOf));
  return issue.code === 'invalid_type' ? [article(issue.expected)] : [];
}

function oneOf(values: readonly unknown[], found: unknown): string {
  const names = values.map(String);
  const expected = names.length === 1 ? `expected ${names[0]}` : `expected one of ${names.join(', ')}`;
  if (found === undefined) return `is missing; ${expected}`;
  if (typeof found !== 'string') return `${expected}, found ${shown(found)}`;
  return `"${found}" is not known. ${didYouMean(found, names)}`;
}

// `3`, `1 entry`, `2 characters`
function limit(value: number | bigint, origin: string): string {
  const [one, many] = origin === 'array' ? ['entry', 'entries'] : ['character', 'characters'];
  if (origin !== 'array' && origin !== 'string') return String(value);
  return `${value} ${Number(value) === 1 ? one : many}`;
}

function article(kind: string): string {
  const named: Readonly<Record<string, string>> = {
    array: 'a list',
    object: 'a map of keys',
    record: 'a map of keys',
    boolean: 'true or false',
    int: 'a whole number',
  };
  return named[kind] ?? `a ${kind}`;
}

function shown(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value);
  if (typeof value === 'string') return `"${clip(value)}"`;
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  return 'a map of keys';
}
