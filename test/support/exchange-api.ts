import { DAY, HOUR, MINUTE } from '../../src/core/time.ts';
import { barAt, opensIn, rateAt, type SymbolLife } from './exchange-market.ts';

type Lives = Readonly<Record<string, SymbolLife>>;
type Query = URLSearchParams;

/** What the public APIs of Bybit (v5) and OKX (v5) answer, as far as ccxt asks them; undefined: there is no such address. */
export function ccxtAnswer(path: string, lives: Lives, now: number): Uint8Array | undefined {
  const { pathname, searchParams } = new URL(`http://localhost/${path}`);
  const answer = ANSWERS[pathname]?.(searchParams, lives, now);
  return answer === undefined ? undefined : Buffer.from(JSON.stringify(answer));
}

const ANSWERS: Readonly<Record<string, (query: Query, lives: Lives, now: number) => unknown>> = {
  '/v5/market/instruments-info': (query, lives) => bybit({ category: query.get('category'), list: bybitMarkets(query, lives) }),
  '/v5/market/kline': (query, lives, now) => bybit({ list: bybitBars(query, lives, now) }),
  '/v5/market/mark-price-kline': (query, lives, now) =>
    bybit({ list: bybitBars(query, lives, now).map((bar) => bar.slice(0, 5)) }),
  '/v5/market/funding/history': (query, lives, now) => bybit({ list: bybitFunding(query, lives, now) }),
  '/api/v5/public/instruments': (query, lives) => okx(okxMarkets(query, lives)),
  '/api/v5/market/candles': (query, lives, now) => okx(okxBars(query, lives, now)),
  '/api/v5/market/history-candles': (query, lives, now) => okx(okxBars(query, lives, now)),
  '/api/v5/market/history-mark-price-candles': (query, lives, now) =>
    okx(okxBars(query, lives, now).map((bar) => [...bar.slice(0, 5), '1'])),
  '/api/v5/public/funding-rate-history': (query, lives, now) => okx(okxFunding(query, lives, now)),
};

const bybit = (result: object): object => ({ retCode: 0, retMsg: 'OK', result, retExtInfo: {}, time: 0 });
const okx = (data: unknown): object => ({ code: '0', msg: '', data });

function bybitMarkets(query: Query, lives: Lives): object[] {
  const category = query.get('category');
  if (category === 'inverse') return [];
  return Object.keys(lives).map((symbol) => {
    const common = { symbol, baseCoin: symbol.slice(0, -4), quoteCoin: 'USDT', status: 'Trading' };
    if (category === 'spot') {
      const lotSizeFilter = { basePrecision: '0.000001', quotePrecision: '0.00000001', minOrderQty: '0.000048' };
      return { ...common, lotSizeFilter, priceFilter: { tickSize: '0.01' } };
    }
    return {
      ...common,
      ...{ contractType: 'LinearPerpetual', settleCoin: 'USDT', launchTime: '1585526400000', deliveryTime: '0', priceScale: '2' },
      ...{
        fundingInterval: 480,
        unifiedMarginTrade: true,
        leverageFilter: { maxLeverage: '100', minLeverage: '1', leverageStep: '0.01' },
      },
      ...{ priceFilter: { tickSize: '0.10' }, lotSizeFilter: { maxOrderQty: '100', minOrderQty: '0.001', qtyStep: '0.001' } },
    };
  });
}

/** Newest first, the end counted in, the newest `limit` of what there is. */
function bybitBars(query: Query, lives: Lives, now: number): string[][] {
  const symbol = query.get('symbol')!;
  const interval = query.get('interval')!;
  const step = interval === 'D' ? DAY : Number(interval) * MINUTE;
  const opens = opensIn(lives[symbol]!, Number(query.get('start')), Math.min(Number(query.get('end')) + 1, now), step);
  return opens
    .slice(-Number(query.get('limit')))
    .toReversed()
    .map((time) => [time, ...barAt(symbol, time, step), 0].map(String));
}

function bybitFunding(query: Query, lives: Lives, now: number): object[] {
  const symbol = query.get('symbol')!;
  const times = opensIn(
    lives[symbol]!,
    Number(query.get('startTime')),
    Math.min(Number(query.get('endTime')) + 1, now),
    8 * HOUR,
  );
  return times
    .slice(-Number(query.get('limit')))
    .toReversed()
    .map((time) => ({ symbol, fundingRate: String(rateAt(time)), fundingRateTimestamp: String(time) }));
}

function okxMarkets(query: Query, lives: Lives): object[] {
  const instType = query.get('instType')!;
  if (instType === 'FUTURES') return [];
  return Object.keys(lives).map((symbol) => {
    const base = symbol.slice(0, -4);
    const common = {
      instType,
      state: 'live',
      lever: '10',
      listTime: '1548133413000',
      lotSz: '0.0001',
      minSz: '0.0001',
      tickSz: '0.1',
    };
    if (instType === 'SPOT') return { ...common, instId: `${base}-USDT`, baseCcy: base, quoteCcy: 'USDT' };
    const contract = { ctType: 'linear', ctVal: '0.01', ctMult: '1', ctValCcy: base, settleCcy: 'USDT', uly: `${base}-USDT` };
    return { ...common, ...contract, instId: `${base}-USDT-SWAP`, baseCcy: '', quoteCcy: '', expTime: '' };
  });
}

const okxSymbol = (query: Query): string => query.get('instId')!.split('-').slice(0, 2).join('');

/** Newest first; `before` and `after` are the older and the newer end, both counted out. */
function okxTimes(query: Query, symbolLife: SymbolLife, now: number, step: number): number[] {
  const [older, newer] = [Number(query.get('before') ?? 0), Number(query.get('after') ?? now)];
  return opensIn(symbolLife, older + 1, Math.min(newer, now), step)
    .slice(-Number(query.get('limit') ?? 100))
    .toReversed();
}

function okxBars(query: Query, lives: Lives, now: number): string[][] {
  const symbol = okxSymbol(query);
  const [, length, unit] = /^(\d+)(m|H|Dutc)$/.exec(query.get('bar')!)!;
  const step = Number(length) * (unit === 'm' ? MINUTE : unit === 'H' ? HOUR : DAY);
  return okxTimes(query, lives[symbol]!, now, step).map((time) => [time, ...barAt(symbol, time, step), 5, 5, 1].map(String));
}

function okxFunding(query: Query, lives: Lives, now: number): object[] {
  const symbol = okxSymbol(query);
  const instId = query.get('instId');
  return okxTimes(query, lives[symbol]!, now, 8 * HOUR).map((time) => ({
    ...{ instType: 'SWAP', instId, fundingRate: '0.9', realizedRate: String(rateAt(time)), fundingTime: String(time) },
  }));
}
