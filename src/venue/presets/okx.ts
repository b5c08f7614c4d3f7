import { PRODUCTS, type Fact, type Product } from '../facts.ts';
import { DOLLARS, type VenuePreset } from '../preset.ts';
import { byCoin, CONTRACTS, EIGHT_HOURS, from, FUTURES, LINEAR, slippageFacts, SPOT } from './common.ts';
import { partialTable } from './table.ts';

const LINEAR_PERPETUAL: readonly Product[] = ['linear perpetual'];
const LINEAR_FUTURE: readonly Product[] = ['linear future'];
const INVERSE: readonly Product[] = ['inverse perpetual', 'inverse future'];
const CAPTURE = from('API sample', 'API replies in open-source test data', '2026-09-25');
const FEES_PAGE = from('official page', 'okx.com/fees', '2024 to 2025');

const facts: readonly Fact[] = [
  { figure: 'fees', products: SPOT, value: { maker: 0.0008, taker: 0.001 }, ...FEES_PAGE },
  {
    figure: 'fees',
    products: CONTRACTS,
    value: { maker: 0.0002, taker: 0.0005 },
    ...from('third party', 'ccxt 4.5.84, js/src/okx.js', '2026'),
  },
  ...slippageFacts(PRODUCTS),
  ...byCoin(
    'lots',
    {
      BTC: { step: 0.00000001, minQuantity: 0.00001, tick: 0.1 },
      ETH: { step: 0.000001, minQuantity: 0.0001, tick: 0.01 },
    },
    { products: SPOT, ...CAPTURE },
  ),
  ...byCoin(
    'lots',
    { BTC: { step: 0.0001, minQuantity: 0.0001, tick: 0.1 }, ETH: { step: 0.001, minQuantity: 0.001, tick: 0.01 } },
    { products: LINEAR_PERPETUAL, ...CAPTURE, note: '0.01 contract' },
  ),
  ...byCoin(
    'lots',
    { BTC: { step: 10, minQuantity: 10, tick: 0.1 } },
    { products: ['inverse perpetual'], ...CAPTURE, note: '0.1 contract' },
  ),
  ...byCoin('contractSize', { BTC: 0.01, ETH: 0.1 }, { products: LINEAR_PERPETUAL, ...CAPTURE }),
  ...byCoin('contractSize', { BTC: 0.01 }, { products: LINEAR_FUTURE, ...CAPTURE, note: 'settled in USD' }),
  ...byCoin('contractSize', { BTC: 100 }, { products: INVERSE, ...CAPTURE }),
  {
    figure: 'contractSize',
    products: INVERSE,
    value: 10,
    ...from('domain knowledge', 'contract values of ETH-USD and others', '2026'),
  },
  ...byCoin(
    'maintenance',
    { BTC: partialTable([[0, 0.004, 100]], 10, 'coins'), ETH: partialTable([[0, 0.004, 100]], 500, 'coins') },
    { products: LINEAR_PERPETUAL, ...CAPTURE, note: 'the first band: 1,000 contracts of BTC, 5,000 of ETH' },
  ),
  ...byCoin(
    'maintenance',
    { BTC: partialTable([[0, 0.02, 20]], 40, 'coins') },
    { products: LINEAR_FUTURE, ...CAPTURE, note: 'the first band: 4,000 contracts' },
  ),
  ...byCoin('maxLeverage', { BTC: 20 }, { products: FUTURES, ...CAPTURE }),
  {
    figure: 'liquidationRule',
    products: CONTRACTS,
    value:
      'the taker fee counts as maintenance; the penalty is the maintenance margin of the position; larger positions are cut by two bands at a time',
    ...FEES_PAGE,
  },
  ...byCoin('funding', { BTC: { ...EIGHT_HOURS, cap: 0.00375, floor: -0.00375 } }, { products: LINEAR_PERPETUAL, ...CAPTURE }),
  {
    figure: 'funding',
    products: ['linear perpetual', 'inverse perpetual'],
    value: EIGHT_HOURS,
    ...CAPTURE,
    note: 'some coins run shorter intervals',
  },
  { figure: 'expiry', products: FUTURES, value: 'Friday 08:00 UTC', ...CAPTURE },
  {
    figure: 'settlementPrice',
    products: FUTURES,
    value: 'mean of the index of the last hour',
    ...from('domain knowledge', 'no source read', '2026'),
  },
  ...byCoin(
    'collateral',
    {
      BTC: [
        { upTo: 20, rate: 0.98 },
        { upTo: 25, rate: 0.9775 },
      ],
    },
    {
      products: LINEAR,
      ...from('API sample', 'API documentation, discount rates', 'not dated'),
      note: 'later bands are not known and count nothing here',
    },
  ),
  {
    figure: 'collateral',
    products: LINEAR,
    coins: ['AAVE', 'AVAX', 'ARB', 'BCH'],
    value: [{ upTo: null, rate: 0.9 }],
    ...from('official page', 'announcements', '2025'),
  },
  {
    figure: 'collateral',
    products: LINEAR,
    coins: ['ALGO'],
    value: [{ upTo: null, rate: 0.85 }],
    ...from('official page', 'announcements', '2025'),
  },
];

/** OKX at its entry tier, as far as it is known. */
export const okx: VenuePreset = {
  name: 'okx',
  summary: 'OKX spot, swaps and dated contracts at the entry fee tier; of maintenance only the first band',
  feeIn: 'quote',
  products: PRODUCTS,
  quotes: DOLLARS,
  dailyVariation: false,
  facts,
};
