import type { Place } from '../core/errors.ts';
import type { Locate } from '../core/schema.ts';
import { formatDate } from '../core/time.ts';
import type { ExperimentSettings } from './experiment-schema.ts';
import type { FaultList } from './faults.ts';

const WEIGHT_TOLERANCE = 1e-9;

/**
 * What no schema can say: values that are each well formed but make no sense together.
 *
 * Adds `period-reversed`, `weights-over-one`, `coin-repeated`, `bucket-not-available`, `account-empty`, `lot-after-start`,
 * `flow-outside-period`, `flow-zero`, `margin-call-reversed`, `label-repeated`.
 */
export function checkSense(settings: ExperimentSettings, place: Locate, faults: FaultList): void {
  const at = (...path: PropertyKey[]): Place => place(path, 'value');
  checkTarget(settings, at, faults);
  checkPeriod(settings, at, faults);
  checkAccount(settings, at, faults);
  const labels = settings.strategies.map((entry) => (typeof entry === 'object' && 'use' in entry ? entry.label : undefined));
  labels.forEach((label, i) => {
    if (label === undefined || labels.indexOf(label) === i) return;
    faults.add('label-repeated', `strategies[${i}].label: "${label}" is taken by another strategy`, at('strategies', i, 'label'));
  });
}

type At = (...path: PropertyKey[]) => Place;

function checkTarget({ target: { weights } }: ExperimentSettings, at: At, faults: FaultList): void {
  const entries = Object.entries(weights);
  const sum = entries.reduce((total, [, weight]) => total + (typeof weight === 'number' ? weight : weight.weight), 0);
  if (sum > 1 + WEIGHT_TOLERANCE) {
    faults.add(
      'weights-over-one',
      `target.weights: they sum to ${shortNumber(sum)}, expected at most 1`,
      at('target', 'weights'),
      'weights are fractions of equity; what is left stays in cash',
    );
  }
  const seen = new Set<string>();
  for (const [key, weight] of entries) {
    for (const coin of typeof weight === 'number' ? [key] : weight.of) {
      if (seen.has(coin))
        faults.add('coin-repeated', `target.weights.${key}: ${coin} has a weight already`, at('target', 'weights', key));
      seen.add(coin);
    }
    if (typeof weight === 'object' && weight.by !== 'equal') {
      faults.add(
        'bucket-not-available',
        `target.weights.${key}.by: a bucket split by ${weight.by} is not available yet`,
        at('target', 'weights', key, 'by'),
        'use `by: equal`, or give each coin its own weight',
      );
    }
  }
}

function checkPeriod({ market: { from, to } }: ExperimentSettings, at: At, faults: FaultList): void {
  if (from > to)
    faults.add(
      'period-reversed',
      `market.to: ${formatDate(to)} lies before market.from, ${formatDate(from)}`,
      at('market', 'to'),
    );
}

function checkAccount({ account, market: { from, to } }: ExperimentSettings, at: At, faults: FaultList): void {
  if (account.cash === 0 && account.lots.length === 0) {
    faults.add('account-empty', 'account: it starts with neither cash nor lots', at('account'), 'give `cash`, `lots` or both');
  }
  account.lots.forEach(({ asset, acquired }, i) => {
    if (acquired <= from) return;
    faults.add(
      'lot-after-start',
      `account.lots[${i}].acquired: ${asset} is acquired on ${formatDate(acquired)}, after the start on ${formatDate(from)}`,
      at('account', 'lots', i, 'acquired'),
      'opening lots are owned at the start; what is bought later the strategy buys',
    );
  });
  account.flows.forEach((flow, i) => {
    if (flow.amount === 0)
      faults.add('flow-zero', `account.flows[${i}].amount: nothing flows`, at('account', 'flows', i, 'amount'));
    if (!('date' in flow) || (flow.date >= from && flow.date <= to)) return;
    faults.add(
      'flow-outside-period',
      `account.flows[${i}].date: ${formatDate(flow.date)} lies outside the period, ${formatDate(from)} to ${formatDate(to)}`,
      at('account', 'flows', i, 'date'),
    );
  });
  const { at: calledAt, to: raisedTo } = account.marginCall;
  if (calledAt <= raisedTo) return;
  faults.add(
    'margin-call-reversed',
    `account.marginCall: it is called at ${calledAt} of the initial margin but raised only to ${raisedTo}`,
    at('account', 'marginCall'),
  );
}

/** A sum as people would write it: 1.2000000000000002 is 1.2. */
function shortNumber(value: number): string {
  return String(Number(value.toPrecision(9)));
}
