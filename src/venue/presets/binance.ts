import type { VenuePreset } from '../preset.ts';
import type { InstrumentTerms, TradedInstrument } from '../venue.ts';
import { INVERSE, LINEAR_FUTURE, LINEAR_PERPETUAL } from './binance-maintenance.ts';

const SPOT_FEES = { maker: 0.001, taker: 0.001 };
const CONTRACT_FEES = { maker: 0.0002, taker: 0.0005 };

// Judged by market size, not measured: 0.25, 1, 2.5 and 7.5 bp.
const MAJOR_SPREAD = 0.000025;
const LARGE_SPREAD = 0.0001;
const MIDDLE_SPREAD = 0.00025;
const SMALL_SPREAD = 0.00075;
const IMPACT = 1;
const MAJORS = new Set(['BTC', 'ETH']);
const LARGE = new Set(['BNB', 'SOL', 'XRP', 'DOGE', 'ADA']);
const MIDDLE = new Set(['LINK', 'LTC', 'AVAX', 'DOT', 'BCH', 'UNI', 'ATOM', 'ETC', 'FIL', 'NEAR', 'TRX', 'XLM', 'SHIB']);

type Lots = Pick<InstrumentTerms, 'step' | 'minQuantity' | 'minNotional' | 'tick'>;
const SPOT_LOTS: Readonly<Record<string, Lots>> = {
  BTC: { step: 0.00001, minQuantity: 0.00001, minNotional: 5, tick: 0.01 },
  ETH: { step: 0.0001, minQuantity: 0.0001, minNotional: 5, tick: 0.01 },
};
const PERPETUAL_LOTS: Readonly<Record<string, Partial<Lots>>> = {
  BTC: { step: 0.001, minQuantity: 0.001, minNotional: 100, tick: 0.1 },
  ETH: { step: 0.001, minQuantity: 0.001, minNotional: 20, tick: 0.01 },
};
const OTHER_PERPETUAL_LOTS: Partial<Lots> = { minNotional: 5 };
const BTC_INVERSE_LOTS: Lots = { step: 100, minQuantity: 100, minNotional: 0, tick: 0.1 };
/** Quote units per contract of every coin but BTC. */
const OTHER_INVERSE_LOTS: Partial<Lots> = { step: 10, minQuantity: 10 };

const BTC_LIQUIDATION_FEE = 0.0125;
const TYPICAL_LIQUIDATION_FEE = 0.015;
const QUARTERLY_INVERSE_LIQUIDATION_FEE = 0.01;

const DOLLARS = new Set(['USD', 'USDT', 'USDC']);

/** Binance at its entry tier: spot, USDS-M and COIN-M contracts. Discounts for paying in BNB are not taken. */
export const binance: VenuePreset = {
  name: 'binance',
  summary: 'Binance spot, USDS-M and COIN-M contracts at the entry fee tier',
  feeIn: 'quote',
  facts: (instrument) => (DOLLARS.has(instrument.quote) ? factsOf(instrument) : null),
  sources: [
    { figure: 'spot fees', source: 'ccxt 4.5.84, js/src/binance.js', asOf: '2026' },
    {
      figure: 'perpetual fees',
      source: 'ccxt 4.5.84, js/src/binance.js, and babianfox.com; coin-margined: the higher of several claims',
      asOf: '2026',
    },
    { figure: 'future fees', source: 'as for perpetuals', asOf: '2026' },
    { figure: 'half-spread', source: 'judgement by market size (0.25, 1, 2.5, 7.5 bp), not a measurement', asOf: '2026-11-22' },
    {
      figure: 'impact',
      source: 'square-root law with Y = 1; fits of 0.3 to 1.05 are quoted (Donier & Bonart, arXiv 1412.4503)',
      asOf: '2015',
    },
    { figure: 'maintenance', source: LINEAR_PERPETUAL.source, asOf: LINEAR_PERPETUAL.asOf },
    { figure: 'maintenance', source: `coin-margined BTC: ${INVERSE.source}`, asOf: INVERSE.asOf },
    {
      figure: 'liquidation fee',
      source:
        'exchangeInfo captures: BTC 1.25 %, other coins the typical 1.5 % (1.0 to 2.5 %), coin-margined quarterly 1.0 %; USDT-margined quarterly: not found, the typical 1.5 %',
      asOf: '2025 to 2026-09-26',
    },
    {
      figure: 'steps and minimums',
      source:
        'exchangeInfo captures for BTC (spot, perpetual) and ETH perpetual; ETH spot from general knowledge; other coins: steps not known, quantities are not rounded',
      asOf: '2025 to 2026-09-26',
    },
  ],
};

function factsOf(instrument: TradedInstrument): Partial<InstrumentTerms> {
  const { kind, contract, base } = instrument;
  const shared = { halfSpread: halfSpreadOf(base), impact: IMPACT };
  if (kind === 'spot') return { ...shared, fees: SPOT_FEES, maintenance: [], liquidationFee: 0, ...SPOT_LOTS[base] };
  return {
    ...shared,
    fees: CONTRACT_FEES,
    ...(contract === 'inverse' ? inverseFacts(instrument) : linearFacts(instrument)),
  };
}

function linearFacts({ kind, base }: TradedInstrument): Partial<InstrumentTerms> {
  const tables = kind === 'future' ? LINEAR_FUTURE : LINEAR_PERPETUAL;
  return {
    ...maintenanceFrom(tables.byBase, base),
    liquidationFee: kind === 'perpetual' && base === 'BTC' ? BTC_LIQUIDATION_FEE : TYPICAL_LIQUIDATION_FEE,
    ...(kind === 'perpetual' ? (PERPETUAL_LOTS[base] ?? OTHER_PERPETUAL_LOTS) : {}),
  };
}

function inverseFacts({ kind, base }: TradedInstrument): Partial<InstrumentTerms> {
  return {
    ...maintenanceFrom(INVERSE.byBase, base),
    liquidationFee: kind === 'future' ? QUARTERLY_INVERSE_LIQUIDATION_FEE : TYPICAL_LIQUIDATION_FEE,
    ...(base === 'BTC' ? BTC_INVERSE_LOTS : OTHER_INVERSE_LOTS),
  };
}

function maintenanceFrom(
  byBase: Readonly<Record<string, InstrumentTerms['maintenance']>>,
  base: string,
): Partial<InstrumentTerms> {
  const maintenance = byBase[base];
  return maintenance ? { maintenance } : {};
}

function halfSpreadOf(base: string): number {
  if (MAJORS.has(base)) return MAJOR_SPREAD;
  if (LARGE.has(base)) return LARGE_SPREAD;
  return MIDDLE.has(base) ? MIDDLE_SPREAD : SMALL_SPREAD;
}
