import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { defineCommand, type Command, type CommandGroup } from '../../src/cli/command.ts';
import { runCommandLine } from '../../src/cli/parse.ts';
import { KedgeError, UsageError } from '../../src/core/errors.ts';
import { fakeTerminal } from '../support/terminal.ts';

const trade = defineCommand({
  usage: 'trade <what> [file]',
  summary: 'Trade something',
  positionals: { what: { type: 'string', demandOption: true }, file: { type: 'string' } },
  options: {
    'no-report': { type: 'boolean', default: false },
    param: { type: 'string', array: true },
    seed: { type: 'number' },
    out: { type: 'string' },
  },
  examples: [['kedge trade BTC', 'an example']],
  async run({ what, file, param, seed, out, json, ...rest }, terminal) {
    if (what === 'nothing') throw new KedgeError('some-code', 'not this');
    terminal.print(JSON.stringify({ what, file, param, seed, out, json, noReport: rest['no-report'] }));
    return what === 'found' ? 'found' : 'done';
  },
});
const commands: readonly (Command | CommandGroup)[] = [
  trade,
  {
    usage: 'data',
    summary: 'Data',
    commands: [
      { ...trade, usage: 'list', examples: [['kedge data list', 'all of it'], ...trade.examples] },
      { ...trade, usage: 'make', positionals: {}, options: { out: { type: 'string', demandOption: true } } },
    ],
  },
];

async function typed(line: string): Promise<{ outcome: string; printed: string[] }> {
  const terminal = fakeTerminal();
  const outcome = await runCommandLine(line.split(' ').filter(Boolean), commands, terminal);
  return { outcome, printed: terminal.out };
}

async function wrongUsage(line: string): Promise<string> {
  const error: unknown = await typed(line).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UsageError);
  return `${(error as UsageError).code}: ${(error as UsageError).message}`;
}

describe('a command line', () => {
  test('gives the command its typed arguments', async () => {
    expect(await typed('trade BTC mine.yaml --no-report --param a=1 --param b=2 --seed 7 --json')).toEqual({
      outcome: 'done',
      printed: ['{"what":"BTC","file":"mine.yaml","param":["a=1","b=2"],"seed":7,"json":true,"noReport":true}'],
    });
  });

  test('keeps texts that look like numbers as they are', async () => {
    const { printed } = await typed('trade 007 --out 1e3 --param 5');
    expect(JSON.parse(printed[0]!)).toMatchObject({ what: '007', out: '1e3', param: ['5'] });
  });

  test('passes on how the command ended', async () => {
    expect((await typed('trade found')).outcome).toBe('found');
    await expect(typed('trade nothing')).rejects.toMatchObject({ code: 'some-code' });
  });

  test.each([
    ['trad BTC', 'command-unknown: kedge has no command "trad". Did you mean "trade"?'],
    ['data lsit', 'command-unknown: kedge data has no command "lsit". Did you mean "list"?'],
    ['', 'command-missing: kedge needs a command: trade, data'],
    ['data', 'command-missing: kedge data needs a command: list, make'],
    ['--vrsion', 'option-unknown: kedge has no option --vrsion. Did you mean "--version"?'],
    ['trade BTC --sed 3', 'option-unknown: kedge trade has no option --sed. Did you mean "--seed"?'],
    ['trade BTC --out.d 3', 'option-unknown: kedge trade has no option --out.d. Did you mean "--out"?'],
    ['trade BTC a b', 'argument-unexpected: kedge trade does not know what to do with "b"'],
    ['trade', 'usage-wrong: kedge trade needs <what>'],
    ['trade BTC --seed', 'usage-wrong: --seed needs a value'],
    ['data make', 'usage-wrong: kedge data make needs --out'],
    ['trade BTC --seed x', 'option-not-a-number: --seed is not a number'],
    ['trade BTC --seed 1 --seed 2', 'option-repeated: --seed is given 2 times, expected once'],
    ['trade BTC --out=', 'option-empty: --out needs a value'],
  ])('"%s" is wrong usage', async (line, told) => {
    expect(await wrongUsage(line)).toBe(told);
  });
});

describe('help', () => {
  let printed: string;
  beforeEach(() => {
    printed = '';
    vi.spyOn(console, 'log').mockImplementation((text: string) => {
      printed += text;
    });
  });
  afterEach(() => vi.restoreAllMocks());

  test.each(['--help', '-h', 'help'])('%s lists the commands and runs none', async (line) => {
    expect(await typed(line)).toEqual({ outcome: 'done', printed: [] });
    expect(printed).toContain('kedge trade <what> [file]');
    expect(printed).toContain('kedge trade BTC  an example');
  });

  test('of a group shows an example of each of its commands', async () => {
    await typed('data --help');
    expect(printed).toMatch(/Examples:\n +kedge data list +all of it\n +kedge trade BTC +an example$/);
  });

  test('of a command shows its options and an example', async () => {
    await typed('trade --help');
    expect(printed).toContain('--no-report');
    expect(printed).toContain('kedge trade BTC  an example');
    await typed('data list --help');
    expect(printed).toContain('kedge data list');
  });

  test('--version prints the version', async () => {
    await typed('--version');
    expect(printed).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
