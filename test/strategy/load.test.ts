import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { StrategyError } from '../../src/core/errors.ts';
import { isStrategyPath, loadStrategy } from '../../src/strategy/load.ts';
import { strategyPlace } from '../../src/strategy/trace.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kedge-strategy-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function strategyText(name: string, onBar = ''): string {
  return `import { defineStrategy, z } from 'kedge';

export default defineStrategy({
  name: '${name}',
  summary: 'A strategy of the tests.',
  params: z.object({ band: z.number().default(0.05) }),
  needs: () => ({ symbols: ['BTC'] }),
  setup: () => ({
    onBar() {
      ${onBar}
    },
  }),
});
`;
}

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

async function loadError(name: string): Promise<StrategyError> {
  const error: unknown = await loadStrategy(name, folder).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(StrategyError);
  return error as StrategyError;
}

describe('a user file', () => {
  test('loads from TypeScript, with its own imports taken in and their text kept', async () => {
    write('helper.ts', 'export const label: string = "from helper";\n');
    write(
      'mine.ts',
      strategyText('mine').replace("name: 'mine'", 'name: label').replace(/^/, "import { label } from './helper.ts';\n"),
    );
    const { strategy, source, file } = await loadStrategy('./mine.ts', folder);
    expect(strategy.name).toBe('from helper');
    expect(file).toBe(join(folder, 'mine.ts'));
    expect(source).toContain('// helper.ts\nexport const label');
    expect(source).toContain('// mine.ts\n');
  });

  test('loads from JavaScript', async () => {
    write('plain.js', strategyText('plain'));
    expect((await loadStrategy('plain.js', folder)).strategy.name).toBe('plain');
  });

  test('loads anew after a change, and both versions keep working', async () => {
    write('versions.ts', strategyText('first'));
    const first = await loadStrategy('./versions.ts', folder);
    write('versions.ts', strategyText('second'));
    const second = await loadStrategy('./versions.ts', folder);
    expect([first.strategy.name, second.strategy.name]).toEqual(['first', 'second']);
  });

  test('an error thrown in a handler is traced to its line and column, also in a helper', async () => {
    write('boom.ts', 'interface Gone { a: number }\nexport function boom(): never {\n  throw new Error("boom");\n}\n');
    const file = write(
      'throws.ts',
      `import { boom } from './boom.ts';\n${strategyText('throws', 'const none: any = undefined; none.price;')}`,
    );
    write('deep.ts', `import { boom } from './boom.ts';\n${strategyText('deep', 'boom();')}`);
    const own = thrownBy((await loadStrategy(file, folder)).strategy);
    const deep = thrownBy((await loadStrategy('./deep.ts', folder)).strategy);
    expect(strategyPlace(own)).toEqual({ file, line: 11, column: 41 });
    expect(strategyPlace(deep)).toEqual({ file: join(folder, 'boom.ts'), line: 3, column: 9 });
    expect(strategyPlace(new Error('elsewhere'))).toBeUndefined();
    expect(strategyPlace('no error')).toBeUndefined();
  });
});

function thrownBy(strategy: { readonly setup: (context: never) => { onBar?(step: never): void } }): unknown {
  try {
    strategy.setup({} as never).onBar?.({} as never);
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('a file that cannot be loaded says where and why', () => {
  test('a syntax error has its line and column', async () => {
    const file = write('syntax.ts', 'const a = 1;\nconst ä = (;\n');
    const error = await loadError('./syntax.ts');
    expect(error.code).toBe('strategy-syntax');
    expect(error.message).toBe('Unexpected ";"');
    expect(error.at).toEqual({ file, line: 2, column: 12 });
  });

  test('all syntax errors of the files are told at once', async () => {
    write('bad-helper.ts', 'export const b = ;\n');
    write('two.ts', "import './bad-helper.ts';\nimport './gone.ts';\n");
    const error = await loadError('./two.ts');
    expect(error.faults.map(({ at }) => [at?.file, at?.line])).toEqual(
      expect.arrayContaining([
        [join(folder, 'bad-helper.ts'), 1],
        [join(folder, 'two.ts'), 2],
      ]),
    );
  });

  test('a missing file, a missing package and a missing name are told apart', async () => {
    const file = write(
      'gone.ts',
      "import { a } from './not-here.ts';\nimport b from 'no-such-package-at-all';\nconsole.log(a, b);\n",
    );
    const gone = await loadError(file);
    expect(gone.code).toBe('strategy-import-missing');
    expect(gone.faults.map(({ message }) => message)).toEqual([
      'Could not resolve "./not-here.ts"',
      expect.stringMatching(/^Could not resolve "no-such-package-at-all": it is not installed in .* or above$/),
    ]);
    expect(gone.faults.map(({ at }) => [at?.line, at?.column])).toEqual([
      [1, 19],
      [2, 15],
    ]);

    write(
      'typo.ts',
      strategyText('typo')
        .replace('defineStrategy, z', 'defineStragety, z')
        .replace('default defineStrategy', 'default defineStragety'),
    );
    const typo = await loadError('./typo.ts');
    expect(typo).toMatchObject({
      code: 'strategy-import-missing',
      message: 'kedge exports no "defineStragety"',
      hint: 'Did you mean "defineStrategy"?',
    });
    expect(typo.at).toMatchObject({ file: join(folder, 'typo.ts'), line: 1 });
  });

  test('an error while the file is loaded has its line', async () => {
    const file = write('top.ts', "import { z } from 'kedge';\n\nthrow new TypeError(`no ${typeof z}`);\n");
    expect(await loadError('./top.ts')).toMatchObject({
      code: 'strategy-threw',
      message: 'the file fails while it is loaded: no object',
      at: { file, line: 3, column: 7 },
    });
  });

  test('a file without a strategy in it', async () => {
    write('empty.ts', '');
    expect((await loadError('./empty.ts')).code).toBe('strategy-not-exported');
    write('bare.ts', "export default { name: 'bare' };\n");
    expect((await loadError('./bare.ts')).code).toBe('strategy-not-defined');
  });

  test('a definition with wrong members names each of them', async () => {
    write(
      'wrong.js',
      "import { defineStrategy, z } from 'kedge';\nexport default defineStrategy({ name: '', summary: 7, param: z.object({}), params: z.number(), setup: 1 });\n",
    );
    const error = await loadError('./wrong.js');
    expect(error.code).toBe('strategy-definition-wrong');
    expect(error.faults.map(({ message }) => message)).toEqual([
      '"param" is no part of a definition. Did you mean "params"?',
      'name must be a text that is not empty, found a string',
      'summary must be a text that is not empty, found a number',
      'params must be a z.object({ … }), found an object',
      'needs must be a function, found nothing',
      'setup must be a function, found a number',
    ]);
  });

  test('no such file, no such kind of file', async () => {
    expect(await loadError('./nowhere.ts')).toMatchObject({
      code: 'strategy-file-missing',
      message: 'there is no strategy file ./nowhere.ts',
      hint: `looked in ${folder}: write the path relative to that, or whole`,
    });
    expect(await loadError(join(folder, 'nowhere.ts'))).toMatchObject({ code: 'strategy-file-missing', hint: 'check the path' });
    write('notes.txt', '');
    expect((await loadError('./notes.txt')).code).toBe('strategy-file-kind');
  });

  test('an unknown name offers the nearest shipped one, or the file that lies beside', async () => {
    expect(await loadError('hodl')).toMatchObject({
      code: 'strategy-unknown',
      hint: expect.stringMatching(/^Did you mean "hold"\?/) as string,
    });
    write('own.ts', strategyText('own'));
    expect(await loadError('own')).toMatchObject({ code: 'strategy-unknown', hint: 'to use your file write ./own.ts' });
  });
});

test('a name with a slash or an extension is a path', () => {
  expect(['hold', './a.ts', 'a.mjs', 'dir\\a', 'spot-band'].map(isStrategyPath)).toEqual([false, true, true, true, false]);
});
