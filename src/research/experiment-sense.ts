import { ConfigError, type Place } from '../core/errors.ts';
import type { Locate } from '../core/schema.ts';
import { formatDate } from '../core/time.ts';
import type { ExperimentSettings } from './experiment-schema.ts';
import type { FaultList } from './faults.ts';

const WEIGHT_TOLERANCE = 1e-9;

type At = (...path: PropertyKey[]) => Place;

/**
 * What no schema can say: values that are each well formed but make no sense together.
 *
 * Adds `weights-over-one`, `coin-repeated`, `period-reversed`, `account-empty`, `lot-after-start`, `flow-zero`,
 * `flow-outside-period`, `margin-call-reversed`, `isolated-multi-asset`, `label-repeated`.
 */
export function checkSense(settings: ExperimentSettings, place: Locate, faults: FaultList): void {
  const at: At = (...path) => place(path, 'value');
  checkTarget(settings, at, faults);
  checkPeriod(settings, at, faults);
  checkHoldings(settings, at, faults);
  checkFlows(settings, at, faults);
  checkMarginCall(settings, at, faults);
  checkCollateral(settings, at, faults);
  checkLabels(settings, at, faults);
}

function checkTarget({ target: { weights } }: ExperimentSettings, at: At, faults: FaultList): void {
  const entries = Object.entries(weights);
  const sum = entries.reduce((total, [, weight]) => total + (typeof weight === 'number' ? weight : weight.weight), 0);
  if (sum > 1 + WEIGHT_TOLERANCE) {
    faults.add(
      new ConfigError('weights-over-one', `target.weights: they sum to ${plainNumber(sum)}, expected at most 1`, {
        at: at('target', 'weights'),
        hint: 'weights are fractions of equity; what is left stays in cash',
      }),
    );
  }
  const seen = new Set<string>();
  for (const [key, weight] of entries) {
    const path = ['target', 'weights', key];
    for (const coin of typeof weight === 'number' ? [key] : weight.of) {
      if (seen.has(coin)) {
        faults.add(new ConfigError('coin-repeated', `target.weights.${key}: ${coin} has a weight already`, { at: at(...path) }));
      }
      seen.add(coin);
    }
  }
}

function checkPeriod({ market: { from, to } }: ExperimentSettings, at: At, faults: FaultList): void {
  if (from <= to) return;
  faults.add(
    new ConfigError('period-reversed', `market.to: ${formatDate(to)} lies before market.from, ${formatDate(from)}`, {
      at: at('market', 'to'),
    }),
  );
}

function checkHoldings({ account, market: { from } }: ExperimentSettings, at: At, faults: FaultList): void {
  if (account.cash === 0 && account.lots.length === 0) {
    faults.add(
      new ConfigError('account-empty', 'account: it starts with neither cash nor lots', {
        at: at('account'),
        hint: 'give `cash`, `lots` or both',
      }),
    );
  }
  for (const [i, { asset, acquired }] of account.lots.entries()) {
    if (acquired <= from) continue;
    const found = `account.lots[${i}].acquired: ${asset} is acquired on ${formatDate(acquired)}`;
    faults.add(
      new ConfigError('lot-after-start', `${found}, after the start on ${formatDate(from)}`, {
        at: at('account', 'lots', i, 'acquired'),
        hint: 'opening lots are owned at the start; what is bought later, strategies buy',
      }),
    );
  }
}

function checkFlows({ account: { flows }, market: { from, to } }: ExperimentSettings, at: At, faults: FaultList): void {
  for (const [i, flow] of flows.entries()) {
    const path = ['account', 'flows', i];
    if (flow.amount === 0) {
      faults.add(new ConfigError('flow-zero', `account.flows[${i}].amount: nothing flows`, { at: at(...path, 'amount') }));
    }
    if (!('date' in flow) || (flow.date >= from && flow.date <= to)) continue;
    const period = `${formatDate(from)} to ${formatDate(to)}`;
    faults.add(
      new ConfigError(
        'flow-outside-period',
        `account.flows[${i}].date: ${formatDate(flow.date)} lies outside the period, ${period}`,
        {
          at: at(...path, 'date'),
        },
      ),
    );
  }
}

function checkMarginCall({ account: { marginCall } }: ExperimentSettings, at: At, faults: FaultList): void {
  if (marginCall.at <= marginCall.to) return;
  const found = `account.marginCall: it is called at ${marginCall.at} of the initial margin but raised only to ${marginCall.to}`;
  faults.add(new ConfigError('margin-call-reversed', found, { at: at('account', 'marginCall') }));
}

function checkCollateral({ account: { collateral, margin } }: ExperimentSettings, at: At, faults: FaultList): void {
  if (collateral !== 'multi-asset' || margin !== 'isolated') return;
  faults.add(
    new ConfigError(
      'isolated-multi-asset',
      'account.margin: multi-asset collateral is one margin account, which cannot be isolated',
      {
        at: at('account', 'margin'),
        hint: 'say `margin: cross`, or another collateral',
      },
    ),
  );
}

function checkLabels({ strategies }: ExperimentSettings, at: At, faults: FaultList): void {
  const labels = strategies.map((entry) => (typeof entry === 'object' && 'label' in entry ? entry.label : undefined));
  for (const [i, label] of labels.entries()) {
    if (typeof label !== 'string' || labels.indexOf(label) === i) continue;
    faults.add(
      new ConfigError('label-repeated', `strategies[${i}].label: "${label}" is taken by another strategy`, {
        at: at('strategies', i, 'label'),
        hint: 'labels are ids in the results: each is used once',
      }),
    );
  }
}

/** As people would write it: 1.2000000000000002 is 1.2. */
function plainNumber(value: number): string {
  return String(Number(value.toPrecision(9)));
}
