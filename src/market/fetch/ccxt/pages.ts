/** One row of a page: its moment, UTC ms, then numbers. */
export type PageRow = readonly [time: number, ...values: number[]];

/** The rows from `since` up to `until` (exclusive), in any order; exchanges may give fewer, or others besides. */
export type Page = (since: number, until: number, limit: number) => Promise<readonly PageRow[]>;

/**
 * All rows of a period, page by page. An exchange may give less than a page may hold, the oldest rows of it or the newest: where an
 * answer leaves more open at either end than its rows lie apart, that stretch is asked for again, until nothing comes.
 *
 * @param spacing - usual ms between rows
 * @param limit - rows of a page
 * @returns ascending, each moment once
 */
export async function readPages(
  page: Page,
  from: number,
  to: number,
  spacing: number,
  limit: number,
): Promise<readonly PageRow[]> {
  const rows = new Map<number, PageRow>();
  const fill = async (since: number, until: number): Promise<void> => {
    const found = (await page(since, until, limit)).filter(([time]) => time >= since && time < until);
    if (found.length === 0) return;
    for (const row of found) rows.set(row[0], row);
    const times = found.map(([time]) => time).toSorted((a, b) => a - b);
    const apart = times
      .slice(1)
      .reduce((least, time, i) => (time > times[i]! ? Math.min(least, time - times[i]!) : least), spacing);
    if (times[0]! - since >= apart) await fill(since, times[0]!);
    if (until - times.at(-1)! > apart) await fill(times.at(-1)! + 1, until);
  };
  for (let since = from; since < to; since += spacing * limit) await fill(since, Math.min(to, since + spacing * limit));
  return [...rows.values()].toSorted(([a], [b]) => a - b);
}
