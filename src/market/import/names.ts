import type { SeriesKind } from '../load/catalog-schema.ts';

/** What a series to be imported is, as far as it is known. */
export interface Identity {
  readonly symbol?: string;
  readonly kind?: SeriesKind | 'mark';
  readonly base?: string;
  readonly quote?: string;
  readonly venue?: string;
}

/** Quote currencies, longer names first: BTCUSDT is BTC in USDT and not BTCUSD in T. */
const QUOTES = [
  'FDUSD',
  'TUSD',
  'BUSD',
  'USDT',
  'USDC',
  'USDP',
  'USD',
  'EUR',
  'GBP',
  'JPY',
  'KRW',
  'AUD',
  'CAD',
  'CHF',
  'TRY',
  'BRL',
];

/** Coins whose names tell where a pair is to be cut: DOTUSD is DOT in USD and not DO in TUSD. */
const COINS = new Set([
  ...[
    'BTC',
    'XBT',
    'ETH',
    'BNB',
    'SOL',
    'XRP',
    'ADA',
    'DOGE',
    'DOT',
    'LTC',
    'BCH',
    'LINK',
    'AVAX',
    'TRX',
    'TON',
    'MATIC',
    'POL',
    'SHIB',
  ],
  ...[
    'UNI',
    'ATOM',
    'XLM',
    'ETC',
    'FIL',
    'APT',
    'ARB',
    'OP',
    'NEAR',
    'ICP',
    'HBAR',
    'AAVE',
    'ALGO',
    'EOS',
    'XTZ',
    'NEO',
    'FTM',
    'SUI',
  ],
  ...['INJ', 'XMR', 'ZEC', 'DASH', 'BAT', 'USDT', 'USDC', 'MKR', 'PEPE', 'HYPE'],
]);

/** Venues as they call themselves in file names. */
const VENUES = [
  ...[
    'binance',
    'binanceus',
    'bitfinex',
    'bitget',
    'bitmex',
    'bitstamp',
    'bybit',
    'cexio',
    'coinbase',
    'deribit',
    'dydx',
    'ftx',
    'gate',
  ],
  ...[
    'gemini',
    'huobi',
    'htx',
    'hyperliquid',
    'kraken',
    'kucoin',
    'mexc',
    'okcoin',
    'okex',
    'okx',
    'phemex',
    'poloniex',
    'upbit',
    'bithumb',
  ],
];

const PERPETUAL = /(^|[^a-z])(perp|perpetual|swap|futures|um|usdm)([^a-z]|$)/i;

/**
 * What a file's name says: `BTCUSDT-1h-2024-01.csv`, `Binance_BTCUSDT_d.csv`, `BTC_USDT_USDT-1h-futures.parquet`, `kraken-XBTUSD.csv`.
 *
 * @param name - without its folder
 */
export function identityFromName(name: string): Identity {
  const stem = name.replace(/\.(csv|txt|tsv|parquet)(\.gz)?$/i, '');
  const words = stem.split(/[-_ .]+/);
  const venue = VENUES.find((known) => words.some((word) => word.toLowerCase() === known));
  const pair = pairIn(words);
  const kind = kindIn(stem);
  return { ...(venue !== undefined && { venue }), ...(pair && named(pair, kind)), ...(kind !== undefined && { kind }) };
}

/** What a cell such as `BTC/USDT` or `BTCUSDT` says. */
export function identityFromCell(cell: string): Identity {
  const pair = pairIn(cell.trim().split(/[-_/ ]+/));
  return pair ? named(pair, undefined) : {};
}

/** The coin of a spot series by what it is called, where that tells: `XBT`, `BTC-USDT`. */
export function coinOfSpot(symbol: string): string | undefined {
  const upper = symbol.trim().toUpperCase();
  if (COINS.has(upper)) return coin(upper);
  const words = upper.split(/[-_/ ]+/);
  const base = pairIn(words)?.base;
  return base !== undefined && (words.length > 1 || COINS.has(base)) ? base : undefined;
}

/** The symbol that catalogs here use for a coin. */
export function symbolOf(base: string, kind: Identity['kind']): string {
  switch (kind) {
    case 'perpetual':
    case 'mark':
      return `${base}-PERP`;
    case 'funding':
      return `${base}-FUNDING`;
    case 'open-interest':
      return `${base}-OI`;
    default:
      return base;
  }
}

function named({ base, quote }: { readonly base: string; readonly quote: string }, kind: Identity['kind']): Identity {
  return { symbol: symbolOf(base, kind), base, quote };
}

function kindIn(stem: string): Identity['kind'] {
  if (/funding/i.test(stem)) return 'funding';
  if (/open.?interest/i.test(stem)) return 'open-interest';
  if (/(^|[^a-z])mark/i.test(stem)) return 'mark';
  return PERPETUAL.test(stem) ? 'perpetual' : undefined;
}

function pairIn(words: readonly string[]): { readonly base: string; readonly quote: string } | undefined {
  for (const [i, word] of words.entries()) {
    const upper = word.toUpperCase();
    const next = words[i + 1]?.toUpperCase();
    if (next !== undefined && QUOTES.includes(next) && /^[A-Z0-9]{2,12}$/.test(upper)) return { base: coin(upper), quote: next };
    const quotes = QUOTES.filter((known) => upper.endsWith(known) && upper.length >= known.length + 2);
    const quote = quotes.find((known) => COINS.has(upper.slice(0, -known.length))) ?? quotes[0];
    if (quote !== undefined && /^[A-Z0-9]+$/.test(upper)) return { base: coin(upper.slice(0, -quote.length)), quote };
  }
  return undefined;
}

// Kraken and BitMEX call Bitcoin by the name that ISO 4217 would give it.
function coin(base: string): string {
  return base === 'XBT' ? 'BTC' : base;
}
