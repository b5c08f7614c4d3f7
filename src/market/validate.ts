import { formatTime } from '../core/time.ts';
import type { DataIssue, IssueList } from './issue.ts';

/** Columns of one file with the line each row stands in, as `load/rows` reads them. */
export interface NumberedColumns {
  readonly time: Float64Array;
  readonly columns: Readonly<Record<string, Float64Array>>;
  readonly lines: Float64Array;
}

/** Reports bars out of order or doubled, prices that are not positive or outside their range, and negative volumes. */
export function checkBars(file: string, { time, columns, lines }: NumberedColumns, issues: IssueList): void {
  const { open, high, low, close, volume } = columns as Record<'open' | 'high' | 'low' | 'close' | 'volume', Float64Array>;
  const report = (i: number, code: string, message: string) => {
    const bar = `open ${open[i]!}, high ${high[i]!}, low ${low[i]!}, close ${close[i]!}, volume ${volume[i]!}`;
    issues.add(issueAt(file, lines[i]!, code, `${formatTime(time[i]!)}: ${message} (${bar})`));
  };
  checkOrder(file, 'bar', time, lines, issues);
  for (let i = 0; i < time.length; i++) {
    if (!(open[i]! > 0 && high[i]! > 0 && low[i]! > 0 && close[i]! > 0)) report(i, 'price-not-positive', 'prices must be over 0');
    if (low[i]! > Math.min(open[i]!, close[i]!)) report(i, 'low-above-price', 'the low lies above the open or the close');
    if (high[i]! < Math.max(open[i]!, close[i]!)) report(i, 'high-below-price', 'the high lies below the open or the close');
    if (volume[i]! < 0) report(i, 'volume-negative', 'a volume cannot be below 0');
  }
}

/** Reports settlements out of order or doubled, and mark prices that are not positive. */
export function checkFunding(file: string, { time, columns, lines }: NumberedColumns, issues: IssueList): void {
  checkOrder(file, 'settlement', time, lines, issues);
  columns.mark_price!.forEach((mark, i) => {
    if (mark <= 0) {
      const message = `${formatTime(time[i]!)}: mark price ${mark}, expected over 0 or nothing`;
      issues.add(issueAt(file, lines[i]!, 'price-not-positive', message));
    }
  });
}

/** Reports records out of order or doubled, and negative open interest. */
export function checkOpenInterest(file: string, { time, columns, lines }: NumberedColumns, issues: IssueList): void {
  checkOrder(file, 'record', time, lines, issues);
  columns.open_interest!.forEach((value, i) => {
    if (value < 0) {
      issues.add(
        issueAt(file, lines[i]!, 'open-interest-negative', `${formatTime(time[i]!)}: open interest ${value} is below 0`),
      );
    }
  });
}

function checkOrder(
  file: string,
  what: 'bar' | 'settlement' | 'record',
  time: Float64Array,
  lines: Float64Array,
  issues: IssueList,
): void {
  for (let i = 1; i < time.length; i++) {
    const [before, now] = [time[i - 1]!, time[i]!];
    if (now > before) continue;
    const [code, message] =
      now === before
        ? ([`${what}s-doubled`, `two ${what}s of ${formatTime(now)}, the other in line ${lines[i - 1]!}`] as const)
        : ([`${what}s-out-of-order`, `${formatTime(now)} comes after ${formatTime(before)}, expected rising times`] as const);
    const hint = now === before ? 'keep one of the two lines' : 'sort the file by time';
    issues.add({ ...issueAt(file, lines[i]!, code, message), hint });
  }
}

function issueAt(file: string, line: number, code: string, message: string): DataIssue {
  return { code, message: `${file}: ${message}`, at: { file, line } };
}
