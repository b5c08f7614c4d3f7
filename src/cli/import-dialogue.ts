import pc from 'picocolors';
import { UsageError } from '../core/errors.ts';
import { missingFields } from '../market/import/fields.ts';
import type { Guess } from '../market/import/guess.ts';
import type { ReadyFile } from '../market/import/import.ts';
import { type Identity, symbolOf } from '../market/import/names.ts';
import type { DateOrder } from '../market/import/stamps.ts';
import { printable } from '../report/names.ts';
import { Interrupted } from './errors.ts';
import type { Terminal } from './terminal.ts';

/** What was typed that a dialogue need not ask. */
export interface DialogueOptions {
  readonly yes: boolean;
  readonly map: string | undefined;
  readonly json: boolean;
  readonly timezone: string;
  readonly stamp: 'open' | 'close' | undefined;
  readonly 'date-order': DateOrder | undefined;
  /** UTC ms */
  readonly expiry: number | null;
}

/** Guesses that are shown in full; of more, only the number is. */
const SHOWN = 3;

/**
 * Makes sure that everything is known that an import needs: what no file says is asked on a terminal, and the guess is shown there for
 * consent.
 *
 * @throws {UsageError} `import-incomplete`, naming the options that are missing; `import-unconfirmed`
 * @throws {Interrupted} when the answer is no
 */
export async function settle(
  guesses: readonly Guess[],
  options: DialogueOptions,
  terminal: Terminal,
): Promise<readonly ReadyFile[]> {
  const ask = options.yes || options.json ? null : terminal.ask;
  for (const line of guessLines(guesses, options, terminal)) terminal.note(line);
  const answers: Record<string, string> = {};
  const missing = missingOf(guesses, options);
  for (const option of missing) {
    if (ask === null || option === 'map') throw incomplete(guesses, missing);
    answers[option] = await ask(`--${option}:`);
    if (answers[option] === '') throw incomplete(guesses, [option]);
  }
  const confirmed = options.yes || options.map !== undefined;
  if (!confirmed && ask === null) {
    throw new UsageError('import-unconfirmed', 'columns and names were guessed, and nobody can be asked', {
      hint: 'look at the guess above: --yes takes it, --map and the other options correct it',
    });
  }
  if (!confirmed && !/^y(es)?$/i.test(await ask!('Import this? [y/N]'))) throw new Interrupted('nothing was written');
  return guesses.map((guess) => ready(guess, answers, options));
}

function ready(guess: Guess, answers: Readonly<Record<string, string>>, options: DialogueOptions): ReadyFile {
  const given = { ...guess.identity, ...answers };
  const kind = given.kind ?? 'spot';
  const base = given.base!;
  const identity = { symbol: given.symbol ?? symbolOf(base, kind), kind, base, quote: given.quote ?? '', venue: given.venue! };
  const order = options['date-order'] ?? (answers['date-order'] as DateOrder | undefined) ?? guess.dateOrder ?? 'dmy';
  return { guess, identity, dateOrder: order };
}

/** Options that must be given because no file says them. */
function missingOf(guesses: readonly Guess[], options: DialogueOptions): string[] {
  const missing = new Set<string>();
  for (const { identity, fields, layout, ambiguousDates } of guesses) {
    if (missingFields(fields, layout).length > 0) missing.add('map');
    if (identity.base === undefined) missing.add('base');
    if (identity.quote === undefined && needsQuote(identity)) missing.add('quote');
    if (identity.venue === undefined) missing.add('venue');
    if (ambiguousDates && options['date-order'] === undefined) missing.add('date-order');
    if (identity.kind === 'future' && options.expiry === null) missing.add('expiry');
  }
  return [...missing];
}

function needsQuote({ kind = 'spot' }: Identity): boolean {
  return kind !== 'funding' && kind !== 'open-interest' && kind !== 'mark';
}

function incomplete(guesses: readonly Guess[], missing: readonly string[]): UsageError {
  const columns = guesses.find(({ fields, layout }) => missingFields(fields, layout).length > 0);
  const unmapped = columns
    ? `; no column is known for ${missingFields(columns.fields, columns.layout).join(', ')} of ${columns.file}`
    : '';
  return new UsageError(
    'import-incomplete',
    `not everything can be told from the files: ${missing.map((option) => `--${option}`).join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing${unmapped}`,
    {
      hint: columns
        ? 'as in --map time=Date,open=Open,high=High,low=Low,close=Close; without a header columns are numbered from 1'
        : 'give these options',
    },
  );
}

function guessLines(guesses: readonly Guess[], options: DialogueOptions, terminal: Terminal): string[] {
  const { bold, dim } = pc.createColors(terminal.color.err);
  const lines = guesses.slice(0, SHOWN).flatMap((guess) => {
    const { kind = 'spot', base = '?', quote, venue = '?', symbol = symbolOf(base, kind) } = guess.identity;
    const priced = quote === undefined ? (needsQuote(guess.identity) ? ' in ?' : '') : ` in ${quote}`;
    const stamps = guess.layout.name === 'bars' ? `, stamped with the ${options.stamp ?? guess.stamp} of their bars` : '';
    return [
      `${bold(printable(guess.file))} ${dim(guess.what)}`,
      `  ${printable(`${symbol}: ${kind} ${base}${priced} at ${venue}; times in ${options.timezone} unless they say otherwise${stamps}`)}`,
      `  ${printable(columnsText(guess))}`,
      ...guess.sample.map((row) => dim(printable(`    ${row.join('  ')}`.slice(0, terminal.width)))),
    ];
  });
  return guesses.length > SHOWN ? [...lines, `and ${guesses.length - SHOWN} more files`] : lines;
}

function columnsText({ fields, header }: Guess): string {
  const named = Object.entries(fields).map(([field, index]) => `${field}=${header?.[index] ?? index + 1}`);
  return `--map ${named.join(',')}`;
}
