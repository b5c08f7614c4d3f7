import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT, readModules, type SourceModule } from './support/modules.ts';

const LONGEST_FILE = 400;
const KERNEL = 'src/engine/kernel.ts';
const PUBLIC_ENTRY = 'src/index.ts';
const CALENDAR = 'src/core/time.ts';

const BEFORE_RESULT = ['core', 'market', 'venue', 'tax'];
/** What each folder of src may import besides itself (CONTRIBUTING.md shows it). */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  market: ['core'],
  venue: ['core', 'market'],
  tax: ['core', 'market'],
  result: BEFORE_RESULT,
  strategy: [...BEFORE_RESULT, 'result'],
  engine: [...BEFORE_RESULT, 'result', 'strategy'],
  analysis: [...BEFORE_RESULT, 'result'],
  report: [...BEFORE_RESULT, 'result', 'analysis'],
  research: [...BEFORE_RESULT, 'result', 'strategy', 'engine', 'analysis'],
  cli: [...BEFORE_RESULT, 'result', 'strategy', 'engine', 'analysis', 'report', 'research'],
};

const modules = readModules('src');
const strategies = readModules('strategies');

describe('layers', () => {
  test('every folder of src is a known layer', () => {
    const folders = new Set(modules.filter(({ path }) => path !== PUBLIC_ENTRY).map(({ path }) => layerOf(path)));
    expect([...folders].filter((folder) => !(folder in MAY_IMPORT))).toEqual([]);
  });

  test('imports go one way: files, market, engine, result, analysis, report', () => {
    const backwards = modules
      .filter(({ path }) => path !== PUBLIC_ENTRY)
      .flatMap(({ path, imports }) =>
        imports
          .filter(({ relative }) => relative)
          .filter(({ target }) => !(layerOf(target) === layerOf(path) || MAY_IMPORT[layerOf(path)]?.includes(layerOf(target))))
          .map(({ target }) => `${path} imports ${target}`),
      );
    expect(backwards).toEqual([]);
  });

  test('the public entry re-exports and knows nothing of the command line', () => {
    const entry = modules.find(({ path }) => path === PUBLIC_ENTRY)!;
    expect(entry.onlyReexports).toBe(true);
    expect(entry.imports.filter(({ target }) => target.startsWith('src/cli/'))).toEqual([]);
  });

  test('no file imports another in a circle', () => {
    expect(importCycles(modules)).toEqual([]);
  });

  test('shipped strategies import only `kedge`, as a user would', () => {
    const others = strategies.flatMap(({ path, imports }) =>
      imports.filter(({ target }) => target !== 'kedge').map(({ target }) => `${path} imports ${target}`),
    );
    expect(others).toEqual([]);
  });
});

describe('files', () => {
  test('constants that hot loops read stand in files that import nothing: only from those does the build take them over', () => {
    const constants = [
      'src/core/durations.ts',
      'src/core/numeric.ts',
      'src/engine/fill-rows.ts',
      'src/engine/kernel-constants.ts',
      'src/engine/money-rows.ts',
      'src/engine/plan-rows.ts',
      'src/tax/exit-results.ts',
      'src/tax/gain-rows.ts',
      'src/tax/lot-row.ts',
      'src/tax/part-rows.ts',
      'src/tax/spot-trades.ts',
    ];
    const found = modules.filter(({ path }) => constants.includes(path));
    expect(found.map(({ path }) => path)).toEqual(constants);
    expect(found.filter(({ imports }) => imports.some(({ typeOnly }) => !typeOnly)).map(({ path }) => path)).toEqual([]);
  });

  test(`none is over ${LONGEST_FILE} lines but the kernel`, () => {
    const long = [...modules, ...strategies].filter(({ path, lines }) => lines > LONGEST_FILE && path !== KERNEL);
    expect(long.map(({ path, lines }) => `${path}: ${lines} lines`)).toEqual([]);
  });

  test('only the public entry is a barrel', () => {
    expect(modules.filter(({ onlyReexports }) => onlyReexports).map(({ path }) => path)).toEqual([PUBLIC_ENTRY]);
  });

  test('a folder holds more than one file', () => {
    const entries = new Map<string, Set<string>>();
    for (const { path } of modules) {
      const parts = path.split('/');
      for (let depth = 1; depth < parts.length; depth++) {
        const folder = parts.slice(0, depth).join('/');
        entries.set(folder, (entries.get(folder) ?? new Set()).add(parts[depth]!));
      }
    }
    const lonely = [...entries].filter(([, names]) => names.size < 2).map(([folder]) => folder);
    expect(lonely).toEqual([]);
  });

  test('`Date` appears only in core/time.ts', () => {
    const dated = [...modules, ...strategies].filter(({ path, identifiers }) => path !== CALENDAR && identifiers.has('Date'));
    expect(dated.map(({ path }) => path)).toEqual([]);
  });
});

describe.skipIf(!existsSync(join(ROOT, '.git')))('what is committed', () => {
  const LARGEST_TEXT = 1_000_000;
  const committed = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' })
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(ROOT, path)))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))
    .filter(({ text }) => text.length < LARGEST_TEXT);

  test('names no path of a machine', () => {
    expect(linesWith(/(?<![\w.$}~-])\/(?:work|tmp|root|home|Users)\/\w/)).toEqual([]);
  });

  test('names no package registry', () => {
    expect(linesWith(/\bregistry\.[a-z]|"resolved":\s"http/)).toEqual([]);
  });

  function linesWith(pattern: RegExp): string[] {
    return committed.flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1}: ${line.trim()}`] : [])),
    );
  }
});

function layerOf(path: string): string {
  return path.split('/')[1]!;
}

/** Circles of run-time imports, each as `a.ts → b.ts → a.ts`; found by depth-first search. */
function importCycles(all: readonly SourceModule[]): string[] {
  const byPath = new Map(all.map((module) => [module.path, module]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) cycles.push([...trail.slice(start), path].join(' → '));
    if (start >= 0 || done.has(path)) return;
    for (const { target, typeOnly } of byPath.get(path)?.imports ?? []) {
      if (!typeOnly) visit(target, [...trail, path]);
    }
    done.add(path);
  };
  for (const { path } of all) visit(path, []);
  return cycles;
}
