import { statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeFileAtomically } from '../../core/atomic-file.ts';
import { ConfigError, UsageError } from '../../core/errors.ts';
import { readTextFile } from '../../core/text-file.ts';
import { LOT_METHODS } from '../../tax/methods.ts';
import { findRegime } from '../../tax/regimes.ts';
import { FUNDING_READINGS } from '../../tax/funding.ts';
import type { TaxSetup } from '../../tax/setup.ts';
import { readTransactions } from '../../tax/transactions/read.ts';
import { taxStatement } from '../../tax/transactions/statement.ts';
import { yearLabels } from '../../tax/year-labels.ts';
import { didYouMean } from '../../core/suggest.ts';
import { defineCommand } from '../command.ts';
import { prepareDirectory } from '../output.ts';
import { gainsCsv, taxDocument } from '../tax-documents.ts';
import { taxText } from '../tax-text.ts';

/** `kedge tax`: the tax ledger alone, on a person's own trades. */
export const tax = defineCommand({
  usage: 'tax <transactions>',
  summary: 'Reckon gains per lot, bills per year and open lots of your own trades, to check the ledger against a return',
  positionals: { transactions: { type: 'string', describe: 'CSV file; its columns are described in docs/tax-transactions.md' } },
  options: {
    regime: { type: 'string', demandOption: true, describe: 'tax regime, by name or ISO code (kedge regimes lists them)' },
    profile: { type: 'string', describe: "who is taxed; default: the regime's" },
    lots: { type: 'string', describe: "lot method; default: the regime's" },
    scope: { type: 'string', describe: "universal or per-wallet; default: the regime's" },
    law: { type: 'string', default: 'historical', describe: 'historical: the figures of each year; today: the latest for all' },
    income: { type: 'number', describe: "the holder's other taxable income a year: bands in place of flat rates" },
    filing: { type: 'string', describe: 'filing status, where bands know several' },
    offset: { type: 'number', describe: 'how much of a net capital loss may reduce other income a year' },
    contracts: { type: 'string', describe: "way of taxing contracts; default: the regime's first" },
    funding: {
      type: 'string',
      default: 'result',
      describe: "result: part of the contract's result; income: when it is paid; income-both-ways: payments deducted",
    },
    currency: { type: 'string', describe: "currency of the file; default: the regime's" },
    fx: { type: 'string', array: true, describe: 'rate of another currency, as GBP=1.27: units of the file’s currency for one' },
    csv: { type: 'string', describe: 'file to write the gain lines to' },
  },
  examples: [
    ['kedge tax trades.csv --regime uk', 'share matching, the bill of every tax year'],
    ['kedge tax trades.csv --regime us --lots hifo --csv gains.csv', 'dearest lots first, gain lines also as a file'],
    ['kedge tax trades.csv --regime de --json', 'the same as one JSON document'],
  ],
  async run({ transactions: file, csv, json, ...options }, terminal) {
    if (file === undefined) throw new UsageError('usage-wrong', 'kedge tax needs <transactions>');
    if (csv !== undefined && isSameFile(csv, file)) {
      throw new UsageError('options-conflict', `--csv ${csv} would write over the transactions`, { hint: 'choose another name' });
    }
    const setup = setupOf(options);
    const currency = options.currency ?? findRegime(options.regime).currency ?? 'USD';
    const statement = taxStatement(readTransactions(readTextFile(file), file), setup, currency, file);
    const document = taxDocument(file, statement, setup);
    if (csv !== undefined) await writeGains(csv, gainsCsv(document));
    if (json) terminal.json(document);
    else terminal.print(taxText(document, yearLabels(statement.rules.regime.taxation), terminal));
    return 'done';
  },
});

function isSameFile(a: string, b: string): boolean {
  const [first, second] = [a, b].map((path) => statSync(path, { throwIfNoEntry: false }));
  return first !== undefined && second !== undefined && first.dev === second.dev && first.ino === second.ino;
}

/** A device, such as /dev/stdout, is written to; a file is put in place whole. */
async function writeGains(path: string, text: string): Promise<void> {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there !== undefined && !there.isFile()) return writeFile(path, text);
  await prepareDirectory(dirname(path), '--csv');
  return writeFileAtomically(path, text);
}

interface Options {
  readonly regime: string;
  readonly profile: string | undefined;
  readonly lots: string | undefined;
  readonly scope: string | undefined;
  readonly law: string;
  readonly income: number | undefined;
  readonly filing: string | undefined;
  readonly offset: number | undefined;
  readonly contracts: string | undefined;
  readonly funding: string;
  readonly fx: string[] | undefined;
}

function setupOf({ regime, profile, lots, scope, law, income, filing, offset, contracts, funding, fx }: Options): TaxSetup {
  return {
    regime,
    payFrom: 'outside',
    law: oneOf('law', law, ['historical', 'today']),
    funding: oneOf('funding', funding, FUNDING_READINGS),
    ...(profile !== undefined && { profile }),
    ...(lots !== undefined && { lots: oneOf('lots', lots, LOT_METHODS) }),
    ...(scope !== undefined && { scope: oneOf('scope', scope, ['universal', 'per-wallet']) }),
    ...(income !== undefined && { income }),
    ...(filing !== undefined && { filing }),
    ...(offset !== undefined && { ordinaryOffset: offset }),
    ...(contracts !== undefined && { contracts }),
    ...(fx !== undefined && { fx: Object.fromEntries(fx.map(rateOf)) }),
  };
}

function oneOf<T extends string>(option: string, typed: string, known: readonly T[]): T {
  const found = known.find((name) => name === typed);
  if (found !== undefined) return found;
  throw new UsageError('option-not-known', `--${option} ${typed}: there is no such choice. ${didYouMean(typed, known)}`);
}

function rateOf(typed: string): [string, number] {
  const match = /^([A-Za-z]{3,5})=(\d+(?:\.\d+)?)$/.exec(typed);
  const rate = Number(match?.[2]);
  if (match && rate > 0) return [match[1]!.toUpperCase(), rate];
  throw new ConfigError('fx-wrong', `--fx ${typed}: expected a currency and a rate above 0`, { hint: 'as in --fx GBP=1.27' });
}
