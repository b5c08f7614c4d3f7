import { isCmeOpen } from '../../market/calendar/cme-hours.ts';
import type { Fact, Product } from '../facts.ts';
import { DOLLARS, type VenuePreset } from '../preset.ts';
import { byCoin, from, slippageFacts } from './common.ts';

const FUTURE: readonly Product[] = ['linear future'];
const SPECIFICATION = from('official page', 'contract specifications of BTC and MBT', 'not dated');

const facts: readonly Fact[] = [
  {
    figure: 'feeRule',
    products: FUTURE,
    value: 'a sum per contract, not a rate: about $5 of exchange fee per 5-BTC contract in 2018; today’s is not known',
    ...from('third party', 'not stated', '2018-02'),
  },
  ...slippageFacts(FUTURE),
  ...byCoin(
    'lots',
    { BTC: { step: 0.1, minQuantity: 0.1, tick: 5 } },
    {
      products: FUTURE,
      ...SPECIFICATION,
      note: 'those of the micro contract MBT; BTC contracts are 5 BTC, calendar spreads tick by 1',
    },
  ),
  ...byCoin('contractSize', { BTC: 0.1 }, { products: FUTURE, ...SPECIFICATION, note: 'MBT; the BTC contract is 5' }),
  {
    figure: 'maintenanceRule',
    products: FUTURE,
    value:
      '35% of notional at the launch in 2017-12, 43% quoted in the same month; today’s is not known, 25 to 50% is a fair range',
    ...from('third party', 'not stated', '2017-12'),
  },
  {
    figure: 'expiry',
    products: FUTURE,
    value:
      'last Friday of the month, 16:00 London; where that is no business day in both the UK and the US, the last one before it that is',
    ...SPECIFICATION,
  },
  {
    figure: 'settlementPrice',
    products: FUTURE,
    value: 'CME CF Bitcoin Reference Rate of 16:00 London, in cash',
    ...SPECIFICATION,
  },
  {
    figure: 'tradingHours',
    products: FUTURE,
    value: 'Sunday to Friday, 17:00 to 16:00 Chicago, with an hour’s break every day; closed at weekends',
    ...SPECIFICATION,
  },
  {
    figure: 'tradingHours',
    products: FUTURE,
    value: 'around the clock, with at least two hours of maintenance a week; weekend trades carry the next business date',
    from: '2026-05-29',
    ...from('third party', 'announcement of 2026-02-19 and reports; that it happened is not confirmed', '2026-02-19'),
  },
];

/** CME bitcoin futures, as far as they are known: no spot, no perpetuals, variation margin in cash every day. */
export const cme: VenuePreset = {
  name: 'cme',
  summary: 'CME bitcoin futures (BTC, MBT), settled in cash, varied daily; fees and margins of today are not known',
  feeIn: 'quote',
  products: FUTURE,
  quotes: DOLLARS,
  dailyVariation: true,
  isOpen: isCmeOpen,
  facts,
};
