import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../../src/core/random.ts';
import { MINUTE } from '../../src/core/time.ts';
import { BARS } from '../../src/market/load/layout.ts';
import { SeriesReader } from '../../src/market/load/reader.ts';
import { encodeRows } from '../../src/market/write/encode.ts';

// Usage: node measure-load.mjs make <directory> <assets> <bars>       writes minute bars, each asset as CSV and as Parquet
//        node measure-load.mjs read <directory> <assets> <form>       prints what reading them took, as JSON; form: csv, parquet, cache
// Reading is measured in a process of its own, so that the highest memory is that of the reading.

const [what, directory = '', assets = '1', last = ''] = process.argv.slice(2);
const names = Array.from({ length: Number(assets) }, (_, i) => `A${i}`);

function make(bars: number): void {
  mkdirSync(directory, { recursive: true });
  for (const name of names) {
    const random = createRandom(1, name);
    const column = () => new Float64Array(bars);
    const [time, open, high, low, close, volume] = [column(), column(), column(), column(), column(), column()];
    let price = 30_000;
    for (let i = 0; i < bars; i++) {
      time[i] = Date.UTC(2020, 0, 1) + i * MINUTE;
      open[i] = price;
      price = Math.max(1, Math.round(price * (1 + 0.0005 * random.normal()) * 100) / 100);
      close[i] = price;
      high[i] = Math.max(open[i]!, price) + Math.floor(random.uniform() * 500) / 100;
      low[i] = Math.min(open[i]!, price) - Math.floor(random.uniform() * 50) / 100;
      volume[i] = Math.floor(random.uniform() * 1e6) / 1e4;
    }
    const rows = { time, columns: { open, high, low, close, volume } };
    for (const form of ['csv', 'parquet'] as const)
      writeFileSync(join(directory, `${name}.${form}`), encodeRows(rows, BARS, form));
  }
}

async function read(form: string): Promise<void> {
  const cached = form === 'cache' || form === 'fill';
  const reader = new SeriesReader({ directory, cacheDir: cached ? join(directory, 'cache') : null, verify: false });
  globalThis.gc!();
  const before = process.memoryUsage.rss();
  const began = performance.now();
  const files = [];
  for (const name of names) files.push(await reader.read(`${name}.${cached ? 'csv' : form}`, BARS));
  const ms = performance.now() - began;
  const columns = files.reduce((sum, { time, columns }) => sum + time.byteLength * (2 + Object.keys(columns).length), 0);
  const peak = process.resourceUsage().maxRSS * 1024 - before;
  const closes = files.reduce((sum, { columns }) => sum + columns.close!.at(-1)!, 0);
  console.log(
    JSON.stringify({ form, ms: Math.round(ms), columnsMb: Math.round(columns / 1e6), peakToColumns: peak / columns, closes }),
  );
}

if (what === 'make') make(Number(last));
else await read(last);
