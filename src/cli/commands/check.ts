import { resolve } from 'node:path';
import { formatTime } from '../../core/time.ts';
import { shortPath } from '../../core/short-path.ts';
import { checkStrategy, type StrategyCheck } from '../../research/check/check.ts';
import type { CheckFinding, CheckResult } from '../../research/check/finding.ts';
import { DEFAULT_EXPERIMENT } from '../../research/experiment.ts';
import pc from 'picocolors';
import { cacheDirectory } from '../cache.ts';
import { defineCommand } from '../command.ts';
import type { CheckDocument } from '../documents.ts';
import { EXPERIMENT_OPTIONS, overridesFrom } from '../experiment-options.ts';
import { stepwise } from '../progress.ts';
import type { Terminal } from '../terminal.ts';

/** `kedge check`: whether a strategy's results can be believed. */
export const check = defineCommand({
  usage: 'check <strategy>',
  summary: 'Check a strategy: types, look-ahead, clock and files, leaking state, warm-up, parameter edges, orders, cost',
  positionals: {
    strategy: { type: 'string', demandOption: true, describe: 'a path to a .ts or .js file, or a shipped name' },
  },
  options: {
    experiment: {
      type: 'string',
      describe: 'whose market, account, venue and tax to try it on; default: the default experiment',
    },
    ...EXPERIMENT_OPTIONS,
  },
  examples: [
    ['kedge check ./mine.ts', 'exit code 3 when something is found, with bar and line'],
    ['kedge check ./mine.ts --experiment mine.yaml --json', 'on your own market, as a document'],
  ],
  async run(args, terminal) {
    const request = {
      strategy: args.strategy,
      experiment: args.experiment === undefined ? DEFAULT_EXPERIMENT : resolve(args.experiment),
      overrides: overridesFrom(args),
      params: args.param ?? [],
      cacheDir: cacheDirectory(process.env),
    };
    const checked = await stepwise(terminal, 'nothing was written', (before) => checkStrategy(request, before));
    if (args.json) terminal.json(documentOf(checked));
    else terminal.print(textOf(checked, terminal));
    return isSound(checked) ? 'done' : 'found';
  },
});

function isSound({ results }: StrategyCheck): boolean {
  return results.every(({ verdict }) => verdict !== 'found');
}

function documentOf(checked: StrategyCheck): CheckDocument {
  const { strategy, file, market, results, microsecondsPerBar } = checked;
  return {
    schemaVersion: 1,
    strategy,
    file: shortPath(file),
    verdict: isSound(checked) ? 'sound' : 'found',
    market: market && { ...market, symbols: [...market.symbols] },
    checks: results.map(({ check: name, verdict, summary, findings, notes }) => ({
      check: name,
      verdict,
      summary,
      findings: findings.map(({ message, bar, time, at }) => ({
        message,
        bar,
        time,
        at: at && {
          file: at.file === undefined ? null : shortPath(at.file),
          line: at.line ?? null,
          column: at.column ?? null,
        },
      })),
      notes: [...notes],
    })),
    microsecondsPerBar,
  };
}

function textOf(checked: StrategyCheck, terminal: Terminal): string {
  const { bold, dim, green, red } = pc.createColors(terminal.color.out);
  const { strategy, file, market, results } = checked;
  const ground = market && `${market.symbols.join(', ')}, ${market.bars} bars of ${market.interval}`;
  const found = results.flatMap(({ findings }) => findings).length;
  const verdict = found === 0 ? green('nothing found') : red(`${found} ${found === 1 ? 'finding' : 'findings'}`);
  return [
    `${bold(strategy ?? shortPath(file))} ${dim(ground ?? 'does not run')}`,
    ...results.flatMap((result) => resultLines(result, terminal)),
    `${bold('verdict')} ${verdict}`,
  ].join('\n');
}

const MARKS = { passed: 'ok', found: 'FOUND', skipped: '–' } as const;

function resultLines({ check: name, verdict, summary, findings, notes }: CheckResult, { color }: Terminal): string[] {
  const { dim, red } = pc.createColors(color.out);
  const mark = MARKS[verdict].padEnd(6);
  return [
    `  ${verdict === 'found' ? red(mark) : mark}${name.padEnd(13)}${dim(summary)}`,
    ...findings.map((finding) => `        ${findingText(finding)}`),
    ...notes.map((note) => `        ${dim(note)}`),
  ];
}

function findingText({ message, bar, time, at }: CheckFinding): string {
  const place =
    at?.file === undefined ? '' : `${[shortPath(at.file), at.line, at.column].filter((part) => part !== undefined).join(':')} `;
  const told = bar === null || /at bar /.test(message) ? '' : ` (bar ${bar}${time === null ? '' : `, ${formatTime(time)}`})`;
  return `${place}${message}${told}`;
}
