import { formatTime } from '../../core/time.ts';
import { result, type CheckFinding, type CheckResult } from './finding.ts';
import type { Trace } from './subject.ts';

/** Refusals told one by one; the others are counted. */
const TOLD = 8;

/**
 * What became of the orders: how many filled, and why others never did. Refusals are the market's answer and no fault of themselves; a
 * strategy none of whose orders ever fills is one.
 */
export function checkOrders({ decisions, result: run }: Trace): CheckResult {
  const { fills, events } = run.full!;
  const filled = fills.cause.filter((cause) => cause === 'strategy' || cause === 'roll').length;
  const refused = events.filter(({ kind }) => kind === 'rejected');
  const reasons = new Map<string, { count: number; first: (typeof refused)[number] }>();
  for (const event of refused) {
    const key = `${event.symbol ?? ''} ${event.message.replaceAll(/-?\d[\d.e+-]*/g, '#')}`;
    const known = reasons.get(key);
    if (known) known.count++;
    else reasons.set(key, { count: 1, first: event });
  }
  const sorted = [...reasons.values()].toSorted((a, b) => b.count - a.count);
  const notes = sorted.slice(0, TOLD).map(({ count, first }) => {
    const times = count === 1 ? 'once' : `${count} times`;
    return `${first.symbol ?? 'an order'} did not fill ${times}, first at ${formatTime(first.time)}: ${first.message}`;
  });
  if (sorted.length > TOLD) notes.push(`${sorted.length - TOLD} more reasons`);
  const calls = decisions.filter(({ call }) => call !== 'cancel');
  const first = calls[0];
  const findings: CheckFinding[] =
    first === undefined || filled > 0
      ? []
      : [{ message: 'none of its orders ever filled', bar: first.bar, time: first.time, at: first.place ?? null }];
  if (calls.length === 0) notes.push('it never orders anything');
  return result('orders', `${calls.length} calls, ${filled} fills, ${refused.length} refusals`, findings, notes);
}
