import type { NoticeBoard } from '../core/notice.ts';
import { civilDate, formatDate } from '../core/time.ts';
import { exchangeRate } from './exchange.ts';
import { rulesOf } from './resolve.ts';
import type { TaxSetup } from './setup.ts';

/**
 * Notes what a run under a setup takes for granted: a lot method that only serves comparison, an exchange rate that kedge ships, rates before their series begins, figures of other years.
 *
 * @param period - first and last moment of the run, and the earliest at which something was acquired, UTC ms
 */
export function noteTax(
  notices: NoticeBoard,
  setup: TaxSetup,
  currency: string,
  { earliest, from, to }: { readonly earliest: number; readonly from: number; readonly to: number },
): void {
  const { regime, law, method } = rulesOf(setup);
  const { taxation } = regime;
  if (taxation === null) return;
  if (!regime.lots.lawful.includes(method)) {
    notices.add(
      'tax-lots-not-offered',
      `regime ${regime.name} does not offer ${method} for coins: it serves comparison only`,
      from,
    );
  }
  const exchange = exchangeRate(regime.currency, currency, setup);
  if (exchange?.shipped) {
    notices.add(
      'tax-fx-shipped',
      `regime ${regime.name} reckons in ${regime.currency}: ${exchange.description}; give tax.fx or a series of kind fx`,
      from,
    );
  }
  if (exchange && exchange.from > earliest) {
    notices.add(
      'tax-fx-before-series',
      `exchange rates begin on ${formatDate(exchange.from)}: the first stands for the days from ${formatDate(earliest)}`,
      from,
    );
  }
  if (law !== 'historical') return;
  const { start } = taxation.year;
  const beginsIn = (time: number): number => {
    const { year, month, day } = civilDate(time);
    return month > start.month || (month === start.month && day >= start.day) ? year : year - 1;
  };
  const [first, last] = [beginsIn(from), beginsIn(to)];
  if (first < taxation.known.from || last > taxation.known.to) {
    notices.add(
      'tax-figures-nearest',
      `regime ${regime.name} knows the figures of tax years that begin in ${taxation.known.from} to ${taxation.known.to}: ` +
        `of ${first} to ${last}, the others take the nearest`,
      from,
    );
  }
}
