import { PRODUCTS, type Fact, type Product } from '../facts.ts';
import { DOLLARS, type VenuePreset } from '../preset.ts';
import { byCoin, CONTRACTS, EIGHT_HOURS, from, FUTURES, LINEAR, PERPETUALS, slippageFacts, SPOT } from './common.ts';
import { partialTable } from './table.ts';

const LINEAR_PERPETUAL: readonly Product[] = ['linear perpetual'];
const INVERSE: readonly Product[] = ['inverse perpetual', 'inverse future'];
const SCHEDULE = from('third party', 'copi-tools.com on the fee schedule revised on 2026-05-07', '2026-05-07');
const COPY_2024 = from('third party', 'refeshop.com, copy of the fee page', '2024-07-31');
const API = 'API replies in open-source test data';

const facts: readonly Fact[] = [
  { figure: 'fees', products: SPOT, value: { maker: 0.001, taker: 0.001 }, ...SCHEDULE },
  {
    figure: 'fees',
    products: CONTRACTS,
    value: { maker: -0.00025, taker: 0.00075 },
    ...from('domain knowledge', 'no source read; help 360039261334 of 2020 uses the same taker rate', 'until 2021'),
  },
  {
    figure: 'fees',
    products: CONTRACTS,
    value: { maker: 0.0001, taker: 0.0006 },
    from: '2022-01-01',
    ...from('third party', 'businesstomark.com', 'about 2022'),
  },
  { figure: 'fees', products: CONTRACTS, value: { maker: 0.0002, taker: 0.00055 }, from: '2024-07-31', ...COPY_2024 },
  {
    figure: 'fees',
    products: CONTRACTS,
    value: { maker: 0.0002, taker: 0.00055 },
    from: '2026-05-07',
    ...SCHEDULE,
    note: 'a fee-rate reply of the API of 2026-09 agrees',
  },
  ...slippageFacts(PRODUCTS),
  ...byCoin(
    'lots',
    { BTC: { step: 0.000001, minQuantity: 0.000001, minNotional: 5, tick: 0.1 } },
    { products: SPOT, ...from('API sample', API, '2026-09') },
  ),
  ...byCoin(
    'lots',
    { BTC: { step: 0.001, minQuantity: 0.001, minNotional: 5, tick: 0.1 } },
    { products: LINEAR_PERPETUAL, ...from('API sample', API, '2026'), note: 'largest order 1,190 BTC' },
  ),
  ...byCoin(
    'lots',
    { BTC: { step: 1, minQuantity: 1, tick: 0.5 } },
    { products: INVERSE, ...from('API sample', API, 'until about 2024'), note: 'quarterlies keep the tick of 0.5' },
  ),
  ...byCoin(
    'lots',
    { BTC: { step: 1, minQuantity: 1, tick: 0.1 } },
    { products: ['inverse perpetual'], from: '2024-01-01', ...from('API sample', API, '2026') },
  ),
  { figure: 'contractSize', products: INVERSE, value: 1, ...from('official page', 'help 900000404726', 'not dated') },
  { figure: 'contractSize', products: LINEAR, value: 1, ...from('official page', 'help 900000630066', 'not dated') },
  ...byCoin(
    'maintenance',
    {
      BTC: partialTable(
        [
          [0, 0.0033, 150],
          [300_000, 0.005, 100],
        ],
        2_000_000,
      ),
    },
    {
      products: LINEAR_PERPETUAL,
      ...from('API sample', 'reply of the test network; the main network is not confirmed', '2026-09-17'),
      note: 'an older help text has 0.5% up to 2,000,000 and 0.56% at 2,600,000',
    },
  ),
  {
    figure: 'maintenanceRule',
    products: INVERSE,
    value: 'base rate 0.5% for BTC, 1% for ETH, XRP and EOS; bands by size are not known',
    ...from('official page', 'help pages on inverse contracts', 'before 2024'),
  },
  {
    figure: 'liquidationRule',
    products: CONTRACTS,
    value: 'cut to a lower band by a fill-or-kill order first; what remains is taken over at the bankruptcy price',
    ...from('official page', 'help pages on liquidation', 'not dated'),
  },
  {
    figure: 'funding',
    products: PERPETUALS,
    value: EIGHT_HOURS,
    ...from('official page', 'help, "Introduction to Funding Rate"', '2024-05-12'),
    note: 'some coins run 4, 2 or 1 hours; minute k of the interval weighs k in the averaged premium',
  },
  {
    figure: 'expiry',
    products: FUTURES,
    value: 'Friday 08:00 UTC: weekly to quarterly (linear), quarterly (inverse)',
    ...from('API sample', API, '2026'),
  },
  {
    figure: 'settlementPrice',
    products: FUTURES,
    value: 'mean of the index of the last 30 minutes',
    ...from('domain knowledge', 'no source read', '2026'),
  },
  { figure: 'settlementFee', products: FUTURES, value: 0.0005, ...COPY_2024 },
  ...byCoin(
    'collateral',
    { BTC: [{ upTo: null, rate: 0.95 }] },
    {
      products: LINEAR,
      ...from('API sample', 'API documentation, collateralRatio', 'before 2025-02-19'),
      note: 'the first of several bands by size; later ones fall to 0 and are not known',
    },
  ),
];

/** Bybit at its entry tier, as far as it is known. */
export const bybit: VenuePreset = {
  name: 'bybit',
  summary: 'Bybit spot, linear and inverse contracts at the entry fee tier; maintenance bands only in part',
  feeIn: 'quote',
  products: PRODUCTS,
  quotes: DOLLARS,
  dailyVariation: false,
  facts,
};
