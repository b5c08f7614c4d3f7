import { parse } from 'csv-parse/sync';
import type { Fault } from '../../core/errors.ts';
import { DataError } from '../../core/errors.ts';
import { didYouMean } from '../../core/suggest.ts';
import type { ColumnName } from './columns.ts';
import { COLUMNS } from './columns.ts';
import { RowReader } from './row.ts';
import type { Transaction } from './row.ts';

interface Record {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * Reads a transactions file: CSV with a header, columns in any order.
 *
 * @param file - only for messages
 * @returns rows in the order of the file
 * @throws {DataError} `transactions-invalid`, with every fault and its line
 */
export function readTransactions(text: string, file: string): Transaction[] {
  const records = parseRecords(text, file);
  const [header, ...rows] = records;
  if (header === undefined || rows.length === 0) {
    throw invalid(file, [
      { message: 'the file has no rows, expected a header line and one row for each transaction', at: { file } },
    ]);
  }
  const columns = readHeader(header, file);
  const faults: Fault[] = [];
  const transactions = rows.map(({ record, info }) => {
    const reader = new RowReader(columns, record, { file, line: info.lines }, faults);
    if (record.length !== header.record.length) {
      faults.push({
        message: `${record.length} fields, expected ${header.record.length} as in the header`,
        hint: 'a decimal comma or a comma within a text needs quotes; leave empty what does not apply',
        at: { file, line: info.lines },
      });
      return undefined;
    }
    return reader.read();
  });
  if (faults.length > 0) throw invalid(file, faults);
  const read = transactions.filter((transaction) => transaction !== undefined);
  const wrong = [...idFaults(read, file), ...swapFaults(read, file)];
  if (wrong.length > 0) throw invalid(file, wrong);
  return read;
}

/** The error of a file with faults: the first in the message, all of them with their lines. */
export function invalid(file: string, faults: readonly Fault[]): DataError {
  const [first] = faults;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  const sorted = faults.toSorted((a, b) => (a.at?.line ?? 0) - (b.at?.line ?? 0));
  return new DataError('transactions-invalid', `${file}: ${sorted[0]!.message}${more}`, {
    ...(first?.at && { at: sorted[0]!.at! }),
    faults: sorted,
    hint: 'the columns are described in docs/tax-transactions.md',
  });
}

function parseRecords(text: string, file: string): Record[] {
  try {
    return parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as Record[];
  } catch (error) {
    const { message, lines } = error as Error & { lines?: number };
    throw invalid(file, [{ message: `not CSV: ${message}`, at: { file, ...(lines !== undefined && { line: lines }) } }]);
  }
}

function readHeader({ record, info }: Record, file: string): Map<ColumnName, number> {
  const at = { file, line: info.lines };
  if (record.length === 1 && /[;\t|]/.test(record[0]!)) {
    throw invalid(file, [{ message: 'fields are not separated by commas', hint: 'export the file again with commas', at }]);
  }
  const columns = new Map<ColumnName, number>();
  const faults: Fault[] = [];
  record.forEach((title, k) => {
    const known = COLUMNS.find(({ name, aliases }) => [name, ...aliases].some((each) => same(each, title)));
    if (known === undefined) {
      faults.push({
        message: `column "${title}" is not known`,
        hint: didYouMean(
          title,
          COLUMNS.map(({ name }) => name),
        ),
        at,
      });
    } else if (columns.has(known.name)) faults.push({ message: `column "${known.name}" is there twice`, at });
    else columns.set(known.name, k);
  });
  for (const name of ['date', 'type', 'asset', 'gross'] as const) {
    if (!columns.has(name)) faults.push({ message: `column "${name}" is missing`, at });
  }
  if (faults.length > 0) throw invalid(file, faults);
  return columns;
}

function same(a: string, b: string): boolean {
  const plain = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '');
  return plain(a) === plain(b);
}

/** Ids that are there twice, and `lots` that name none. */
function idFaults(transactions: readonly Transaction[], file: string): Fault[] {
  const known = new Map<string, Transaction>();
  const faults: Fault[] = [];
  for (const row of transactions) {
    if (row.type !== 'buy' && row.type !== 'income') continue;
    const earlier = known.get(row.id);
    if (earlier === undefined) known.set(row.id, row);
    else faults.push({ message: `id "${row.id}" is that of line ${earlier.line} too`, at: { file, line: row.line } });
  }
  for (const { lots, line, asset } of transactions) {
    for (const id of lots) {
      const lot = known.get(id);
      if (lot?.asset === asset) continue;
      const hint = lot === undefined ? didYouMean(id, known.keys()) : `it is ${lot.asset}`;
      faults.push({ message: `lots: there is no purchase of ${asset} with id "${id}"`, hint, at: { file, line } });
    }
  }
  return faults;
}

/** A swap is one sale and one purchase at the same time. */
function swapFaults(transactions: readonly Transaction[], file: string): Fault[] {
  const bySwap = new Map<string, Transaction[]>();
  for (const row of transactions) if (row.swap !== undefined) bySwap.set(row.swap, [...(bySwap.get(row.swap) ?? []), row]);
  return [...bySwap].flatMap(([swap, rows]) => {
    const types = rows.map(({ type }) => type).toSorted();
    const moments = new Set(rows.map(({ time }) => time));
    if (types.join() === 'buy,sell' && moments.size === 1) return [];
    const lines = rows.map(({ line }) => line).join(', ');
    const message = `swap "${swap}" is lines ${lines}, expected one sell and one buy at the same time`;
    return [{ message, at: { file, line: rows[0]!.line } }];
  });
}
