import { symbolExpiry } from '../../../src/market/calendar/expiry.ts';
import { findFact, type FactOf, type Figure, type Product } from '../../../src/venue/facts.ts';
import { presetNamed } from '../../../src/venue/resolve.ts';
import type { Example } from './example.ts';
import type { Inputs } from './inputs.ts';

/** Whether an example is about contracts that settle in coin. */
export function isInverse({ contract }: Example, inputs: Inputs): boolean {
  if (contract === 'inverse' || contract === 'linear') return contract === 'inverse';
  return ['contractSizeUsd', 'sizeCoinAtEntry', 'positionCoin', 'walletBalanceCoin'].some((name) => inputs.has(name));
}

/** What the venue's preset knows of the example's symbol; `table` is the date of the edition that the example speaks of. */
export function presetFact<F extends Figure>(figure: F, example: Example, inputs: Inputs): FactOf<F> {
  const symbol = inputs.needText('symbol', 'asset');
  const product = productOf(example, inputs, symbol);
  const coin = coinOf(symbol);
  const fact = findFact(presetNamed(venueName(example)).facts, figure, product, coin, tableDate(inputs.text('table')));
  if (!fact) throw new Error(`the ${example.venue} preset does not know ${figure} of ${coin} (${product})`);
  return fact;
}

/** The venue's name; of several that share an example, the first. */
export function venueName({ venue = '' }: Example): string {
  return venue.split('/')[0]!;
}

function productOf(example: Example, inputs: Inputs, symbol: string): Product {
  const dated = symbolExpiry(symbol) !== null || example.contract === 'delivery' || example.contract === 'future';
  return `${isInverse(example, inputs) ? 'inverse' : 'linear'} ${dated ? 'future' : 'perpetual'}`;
}

/** `BTCUSDT`, `BTC-USD-SWAP`, `BTC_USDT`, `PI_XBTUSD`, `BTC-PERPETUAL` → BTC. */
function coinOf(symbol: string): string {
  const name = symbol.replace(/^(PI|PF|FI|FF)_/, '');
  const coin = /^([A-Z0-9]+?)[-_]?(USDT|USDC|USD|PERPETUAL)/.exec(name)?.[1] ?? name;
  return coin === 'XBT' ? 'BTC' : coin;
}

// An edition is named by its day, month or year; the last day that the name holds is meant.
function tableDate(table: string | undefined): string | null {
  if (table === undefined || /^(current|latest)$/.test(table)) return null;
  const match = /^(\d{4})(-\d{2})?(-\d{2})?/.exec(table);
  if (!match) throw new Error(`inputs.table "${table}" is no date`);
  return `${match[1]!}${match[2] ?? '-12'}${match[3] ?? '-31'}`;
}
