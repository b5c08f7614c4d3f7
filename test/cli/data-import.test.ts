import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { data } from '../../src/cli/commands/data.ts';
import { asKedgeError } from '../../src/cli/errors.ts';
import { dataCopySchema } from '../../src/cli/data-copy-documents.ts';
import { runCommandLine } from '../../src/cli/parse.ts';
import type { KedgeError } from '../../src/core/errors.ts';
import { sha256 } from '../../src/core/hash.ts';
import { formatTime, HOUR } from '../../src/core/time.ts';
import { checkCatalog } from '../../src/market/check/check.ts';
import { BARS } from '../../src/market/load/layout.ts';
import { encodeRows } from '../../src/market/write/encode.ts';
import { barsCsv, catalogOf, fundingCsv, perpetualSeries, spotSeries } from '../support/catalog.ts';
import { fakeTerminal } from '../support/terminal.ts';

const START = Date.UTC(2024, 0, 1);
/** Time, open, high, low, close, volume: an hour each. */
const ROWS = Array.from({ length: 30 }, (_, i) => [START + i * HOUR, 100 + i, 102 + i, 99 + i, 101 + i, 5] as const);

/** Writes files into a folder of its own. */
function folder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'kedge-import-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(directory, name, '..'), { recursive: true });
    writeFileSync(join(directory, name), content);
  }
  return directory;
}

/** Types `data import`; answers are given to what is asked, in turn. */
async function typed(words: readonly string[], answers?: readonly string[]) {
  const asked: string[] = [];
  const rest = [...(answers ?? [])];
  const ask = (question: string) => {
    asked.push(question);
    return Promise.resolve(rest.shift() ?? '');
  };
  const terminal = { ...fakeTerminal(), ask: answers ? ask : null };
  await runCommandLine(['data', 'import', ...words], [data], terminal);
  return { text: terminal.out.join('\n'), notes: terminal.err.join('\n'), documents: terminal.documents, asked };
}

interface Entry {
  readonly [key: string]: unknown;
}
const entriesOf = (directory: string) =>
  (JSON.parse(readFileSync(join(directory, 'catalog.json'), 'utf8')) as { series: Entry[] }).series;
const target = () => join(mkdtempSync(join(tmpdir(), 'kedge-into-')), 'catalog');
const refusal = (words: readonly string[], answers?: readonly string[]) =>
  typed(words, answers).then(
    () => expect.fail('it went through'),
    (error: KedgeError) => error,
  );
const NAMED = ['--base', 'BTC', '--quote', 'USD', '--venue', 'here', '--yes'];

const csvOf = (
  head: string,
  cells: (row: (typeof ROWS)[number]) => readonly unknown[],
  rows: readonly (typeof ROWS)[number][] = ROWS,
) => [...(head === '' ? [] : [head]), ...rows.map((row) => cells(row).join(','))].join('\n') + '\n';
const kline = ([time, ...bar]: (typeof ROWS)[number], unit = 1) => [time * unit, ...bar, (time + HOUR - 1) * unit, 1, 1, 1, 1, 0];
const stampText = (time: number) => formatTime(time).slice(0, 16).replace('T', ' ');

/** Each of them holds the rows above. */
const DUMPS: readonly (readonly [what: string, file: string, content: string | Uint8Array, words: readonly string[]])[] = [
  ['klines without header', 'BTCUSDT-1h-2024-01.csv', csvOf('', (row) => kline(row)), []],
  ['klines in microseconds', 'BTCUSDT-1h-2024-01.csv', csvOf('', (row) => kline(row, 1000)), []],
  [
    'a download with a link on top, newest first',
    'Bitstamp_BTCUSDT_1h.csv',
    csvOf(
      'https://www.example.com\nunix,date,symbol,open,high,low,close,Volume USDT,Volume BTC',
      ([time, open, high, low, close, volume]) => [time / 1000, stampText(time), 'BTC/USDT', open, high, low, close, 1e6, volume],
      ROWS.toReversed(),
    ),
    [],
  ],
  ['seconds without header', 'kraken_XBTUSDT.csv', csvOf('', ([time, ...bar]) => [time / 1000, ...bar, 17]), []],
  [
    'semicolons and European dates',
    'kraken_BTCUSDT.csv',
    csvOf('Datum;Open;High;Low;Close;Volume', ([time, ...bar]) => [
      [`${formatTime(time).slice(8, 10)}.01.2024 ${formatTime(time).slice(11, 16)}`, ...bar].join(';'),
    ]),
    [],
  ],
  [
    'gzip',
    'kraken_BTCUSDT.csv.gz',
    gzipSync(csvOf('Date,Open,High,Low,Close,Volume', ([time, ...bar]) => [stampText(time), ...bar])),
    [],
  ],
  [
    'a time zone of its own',
    'kraken_BTCUSDT.csv',
    csvOf('Date,Open,High,Low,Close,Volume', ([time, ...bar]) => [stampText(time + 9 * HOUR), ...bar]),
    ['--timezone', 'Asia/Tokyo'],
  ],
  [
    'columns in another order, mapped by name',
    'kraken_BTCUSDT.csv',
    csvOf('x,lo,hi,a,z,t', ([time, open, high, low, close, volume]) => [volume, low, high, open, close, time]),
    ['--map', 'time=t,open=a,high=hi,low=lo,close=z,volume=x'],
  ],
  [
    'Parquet',
    'kraken_BTCUSDT.parquet',
    encodeRows(
      {
        time: Float64Array.from(ROWS, (row) => row[0]),
        columns: Object.fromEntries(
          ['open', 'high', 'low', 'close', 'volume'].map((name, i) => [name, Float64Array.from(ROWS, (row) => row[i + 1]!)]),
        ),
      },
      BARS,
      'parquet',
    ),
    [],
  ],
];

describe('kedge data import', () => {
  test.each(DUMPS)('takes %s', async (_, file, content, words) => {
    const [from, into] = [folder({ [file]: content }), target()];
    const { text } = await typed([join(from, file), '--into', into, ...(words.includes('--map') ? [] : ['--yes']), ...words]);
    expect(text).toMatch(/^BTC +spot +\w+ +1h +2024-01-01 +2024-01-02 +30 /m);
    const [entry] = entriesOf(into);
    expect(entry).toMatchObject({ symbol: 'BTC', base: 'BTC', quote: 'USDT', interval: '1h', stamp: 'open', source: file });
    expect(entry!.retrieval).toMatchObject({
      by: 'import',
      files: [{ file, sha256: sha256(Buffer.from(content)) }],
      from: '2024-01-01T00:00Z',
      to: '2024-01-02T05:00Z',
      rows: 30,
    });
    const written = readFileSync(join(into, entry!.file as string), 'utf8');
    expect(written).toBe(
      csvOf('timestamp,open,high,low,close,volume', ([time, ...bar]) => [new Date(time).toISOString(), ...bar]),
    );
    expect(entry!.sha256).toBe(sha256(written));
    expect((await checkCatalog(into)).findings).toEqual([]);
  });

  test('shows its guess with the first rows', async () => {
    const from = folder({ 'Binance_BTCUSDT_1h.csv': csvOf('unix,open,high,low,close,Volume BTC', (row) => row) });
    const { notes } = await typed([from, '--into', target(), '--yes']);
    expect(notes).toContain('BTC: spot BTC in USDT at binance; times in UTC');
    expect(notes).toContain('--map time=unix,open=open,high=high,low=low,close=close,volume=Volume BTC');
    expect(notes).toContain(`${START}  100  102  99  101  5`);
  });

  test('asks for what is missing and for consent on a terminal', async () => {
    const from = folder({ 'prices.csv': csvOf('time,open,high,low,close,volume', (row) => row) });
    const into = target();
    const { asked } = await typed([join(from, 'prices.csv'), '--into', into], ['SOL', 'EUR', 'kraken', 'y']);
    expect(asked).toEqual(['--base:', '--quote:', '--venue:', 'Import this? [y/N]']);
    expect(entriesOf(into)).toMatchObject([{ symbol: 'SOL', base: 'SOL', quote: 'EUR', venue: 'kraken' }]);
  });

  test.each([
    ['Kraken_XBTUSD_d.csv', 'XBT', 'BTC'],
    ['Kraken_XBTUSD_d.csv', 'bitcoin', 'BTC'],
    ['prices.csv', 'bitcoin', 'bitcoin'],
  ])('a series of %s that is called %s is of %s', async (file, symbol, base) => {
    const from = folder({ [file]: csvOf('time,open,high,low,close,volume', (row) => row) });
    const into = target();
    await typed([join(from, file), '--into', into, '--yes', '--symbol', symbol, '--quote', 'USD', '--venue', 'kraken']);
    expect(entriesOf(into)).toMatchObject([{ symbol, base, quote: 'USD' }]);
  });

  test('writes nothing without consent', async () => {
    const from = folder({ 'Binance_BTCUSDT_1h.csv': csvOf('time,open,high,low,close', (row) => row.slice(0, 5)) });
    const into = target();
    expect((await refusal([from, '--into', into], ['n'])).message).toContain('nothing was written');
    expect(await refusal([from, '--into', into])).toMatchObject({ code: 'import-unconfirmed' });
    expect(existsSync(into)).toBe(false);
  });

  test('joins the files of a folder into one series, rows they share once', async () => {
    const from = folder({
      'BTCUSDT-1h-2024-01.csv': csvOf('', (row) => kline(row), ROWS.slice(0, 12)),
      'more/BTCUSDT-1h-2024-02.csv': csvOf('', (row) => kline(row, 1000), ROWS.slice(10)),
      'ETHUSDT-1h-2024-01.csv': csvOf('', (row) => kline(row)),
      'notes.pdf': 'not looked at',
    });
    const { documents } = await typed([from, '--into', target(), '--yes', '--json']);
    const { series } = dataCopySchema.parse(documents[0]);
    expect(series.map(({ symbol, rows }) => [symbol, rows])).toEqual([
      ['BTC', 30],
      ['ETH', 30],
    ]);
  });

  test('refuses files that contradict each other, with both places', async () => {
    const other = ROWS.slice(10).map((row) => row.with(5, 6) as unknown as (typeof ROWS)[number]);
    const from = folder({
      'BTCUSDT-1.csv': csvOf('', (row) => kline(row), ROWS.slice(0, 12)),
      'BTCUSDT-2.csv': csvOf('', (row) => kline(row), other),
    });
    const error = await refusal([from, '--into', target(), '--yes']);
    expect(error).toMatchObject({ code: 'import-overlap' });
    expect(error.message).toContain('BTCUSDT-2.csv, line 1: 2024-01-01T10:00Z stands in BTCUSDT-1.csv, line 11');
  });

  test('reports every fault of every file, with lines, and writes nothing', async () => {
    const from = folder({
      'BTCUSDT-1h-2024-01.csv': csvOf('', (row) => kline(row)).replace('103,105,102', '103,oops,102'),
      'BTCUSDT-1h-2024-02.csv': csvOf('', (row) => kline(row)).replace('105,107,104', '105,107,204') + '1,2,3\n',
    });
    const into = target();
    const error = await refusal([from, '--into', into, '--yes']);
    expect(error.code).toBe('files-invalid');
    expect(error.faults.map(({ at }) => `${at!.file}:${at!.line}`)).toEqual([
      'BTCUSDT-1h-2024-01.csv:4',
      'BTCUSDT-1h-2024-02.csv:6',
      'BTCUSDT-1h-2024-02.csv:31',
    ]);
    expect(existsSync(into)).toBe(false);
  });

  test('never replaces a series', async () => {
    const from = folder({ 'Binance_BTCUSDT_1h.csv': csvOf('time,open,high,low,close', (row) => row.slice(0, 5)) });
    const into = target();
    await typed([from, '--into', into, '--yes']);
    const before = readFileSync(join(into, 'catalog.json'), 'utf8');
    expect(await refusal([from, '--into', into, '--yes'])).toMatchObject({ code: 'series-in-the-way' });
    expect(readFileSync(join(into, 'catalog.json'), 'utf8')).toBe(before);
    expect(readdirSync(join(into, 'spot-1h'))).toEqual(['binance-BTC.csv']);
    await typed([from, '--into', into, '--yes', '--venue', 'kraken', '--format', 'parquet']);
    expect(entriesOf(into).map(({ file }) => file)).toEqual(['spot-1h/binance-BTC.csv', 'spot-1h/kraken-BTC.parquet']);
  });

  test('attaches marks and funding to their perpetual', async () => {
    const from = folder({
      'BTC_USDT_USDT-1h-futures.csv': csvOf('date,open,high,low,close,volume', (row) => row),
      'BTC_USDT_USDT-1h-mark.csv': csvOf('date,open,high,low,close', (row) => row.slice(0, 5)),
      'funding.csv': fundingCsv(5),
    });
    const into = target();
    await typed([join(from, 'BTC_USDT_USDT-1h-futures.csv'), '--into', into, '--yes', '--venue', 'binance']);
    await typed([join(from, 'BTC_USDT_USDT-1h-mark.csv'), '--into', into, '--yes', '--venue', 'binance']);
    await typed([
      join(from, 'funding.csv'),
      '--into',
      into,
      '--yes',
      '--kind',
      'funding',
      '--symbol',
      'BTC-PERP',
      '--base',
      'BTC',
      '--venue',
      'binance',
    ]);
    expect(entriesOf(into)).toMatchObject([
      { symbol: 'BTC-PERP', mark: 'mark-1h/binance-BTC-PERP.csv', funding: 'funding/binance-BTC-PERP.csv' },
    ]);
    expect((await checkCatalog(into)).findings).toEqual([]);
    const lone = await refusal([join(from, 'BTC_USDT_USDT-1h-mark.csv'), '--into', target(), '--yes', '--venue', 'okx']);
    expect(lone).toMatchObject({ code: 'mark-without-perpetual' });
  });

  test('calls a perpetual that only --kind tells apart from the spot of its coin by a symbol of its own', async () => {
    const from = folder({ 'BTCUSDT-1h-2024-01.csv': csvOf('', (row) => kline(row)) });
    const into = target();
    await typed([from, '--into', into, '--yes']);
    await typed([from, '--into', into, '--yes', '--kind', 'perpetual']);
    expect(entriesOf(into)).toMatchObject([
      { symbol: 'BTC', kind: 'spot' },
      { symbol: 'BTC-PERP', kind: 'perpetual' },
    ]);
  });

  test('takes funding and open interest as series of their own', async () => {
    const into = target();
    const from = folder({
      'oi.csv': 'date,sum_open_interest\n2024-01-01,5\n2024-01-02,6\n',
      'f.csv': 'fundingTime,fundingRate\n1704067200000,0.0001\n1704096000000,-0.0002\n',
    });
    await typed([join(from, 'oi.csv'), '--into', into, '--yes', '--kind', 'open-interest', '--base', 'BTC', '--venue', 'bybit']);
    await typed([join(from, 'f.csv'), '--into', into, '--yes', '--kind', 'funding', '--base', 'BTC', '--venue', 'bybit']);
    expect(entriesOf(into)).toMatchObject([
      { symbol: 'BTC-OI', kind: 'open-interest', interval: '1d' },
      { symbol: 'BTC-FUNDING', kind: 'funding', venue: 'bybit' },
    ]);
    expect((await checkCatalog(into)).findings).toEqual([]);
  });

  test('takes a whole catalog, all its files and entries', async () => {
    const series = [spotSeries('BTC', { licence: 'mine' }), perpetualSeries('BTC', { funding: 'f.csv', mark: 'BTC.csv' })];
    const bars = barsCsv([100, 101, 102]);
    const from = catalogOf(series, { 'BTC.csv': bars, 'BTC-PERP.csv': bars, 'f.csv': fundingCsv(10) });
    const into = target();
    const { text } = await typed([from, '--into', into, '--format', 'parquet']);
    expect(text).toMatch(/2 series$/);
    expect(entriesOf(into)).toMatchObject([{ symbol: 'BTC', licence: 'mine' }, { symbol: 'BTC-PERP' }]);
    expect((await checkCatalog(into)).findings).toEqual([]);
    expect(await refusal([from, '--into', into])).toMatchObject({ code: 'series-in-the-way' });
  });

  test.each([
    ['feather', 'a.feather', 'ARROW1\0\0', 'import-form-unknown', /freqtrade convert-data/],
    ['JSON', 'a.csv', '[[1704067200000,1,1,1,1]]', 'import-form-unknown', /CSV with a header/],
    ['a zip archive', 'a.csv', 'PK\u0003\u0004rest', 'import-form-unknown', /unpack/],
    ['an empty file', 'a.csv', '\n\n', 'file-empty', /fetch/],
    ['what is not gzip', 'a.csv.gz', 'time,open', 'file-not-gzip', /gzip/],
    ['half a Parquet file', 'a.parquet', 'PAR1....', 'parquet-malformed', /again/],
    ['a table without prices', 'a.csv', 'date,weight\n2024-01-01,3\n2024-01-02,4\n', 'import-incomplete', /--map/],
    [
      'dates that could be either',
      'a.csv',
      'date,open,high,low,close\n01/02/2024,1,1,1,1\n02/02/2024,1,1,1,1\n',
      'import-incomplete',
      /options/,
    ],
    [
      'bars of no regular length',
      'a.csv',
      'date,open,high,low,close\n2024-01-01T00:00,1,1,1,1\n2024-01-01T00:07,1,1,1,1\n2024-01-01T00:10,1,1,1,1\n',
      'import-interval-unknown',
      /--interval/,
    ],
    [
      'days that are cut in another zone',
      'a.csv',
      barsCsv([1, 2, 3]).replaceAll('T00:00Z', 'T16:00Z'),
      'bars-off-grid',
      /time zone/,
    ],
  ])('refuses %s and says what to do', async (_, file, content, code, hint) => {
    const into = target();
    const error = await refusal([join(folder({ [file]: content }), file), '--into', into, ...NAMED]);
    expect(error).toMatchObject({ code });
    expect(error.hint).toMatch(hint);
    expect(existsSync(into)).toBe(false);
  });

  test.each([
    [['--map', 'time=1,open'], 'import-map-invalid'],
    [['--map', 'time=1,opne=2'], 'import-map-invalid'],
    [['--map', 'time=1,open=zz'], 'import-map-invalid'],
    [['--map', 'time=1,open=9'], 'import-map-invalid'],
    [['--map', 'time=1,open=2'], 'import-incomplete'],
    [['--timezone', 'Mars'], 'timezone-unknown'],
    [['--interval', '7m'], 'interval-unknown'],
    [['--kind', 'future'], 'import-incomplete'],
    [['--kind', 'future', '--expiry', 'soon'], 'option-not-a-date'],
  ])('refuses %j', async (words, code) => {
    const from = folder({ 'a.csv': csvOf('time,open,high,low,close', (row) => row.slice(0, 5)) });
    expect(await refusal([join(from, 'a.csv'), '--into', target(), ...NAMED, ...words])).toMatchObject({ code });
  });

  test('says that a file stands where the catalog is to be', async () => {
    const from = folder({ 'Binance_BTCUSDT_1h.csv': csvOf('time,open,high,low,close', (row) => row.slice(0, 5)) });
    const error = await refusal([from, '--into', join(from, 'Binance_BTCUSDT_1h.csv'), '--yes']);
    expect(asKedgeError(error)).toMatchObject({ code: 'output-not-writable', hint: 'choose another place with --into' });
  });

  test('names a path that holds nothing', async () => {
    expect(await refusal([folder({ 'a.pdf': '' }), '--into', target()])).toMatchObject({ code: 'import-nothing' });
    expect(await refusal(['nowhere', '--into', target()])).toMatchObject({ code: 'file-not-found' });
  });
});
