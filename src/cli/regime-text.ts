import pc from 'picocolors';
import { rate } from '../core/figures.ts';
import type { ProfileDescription, RegimeDescription, TaxationDescription } from '../tax/describe-regime.ts';
import { fundingDifference } from '../tax/funding-words.ts';
import { paragraph } from './prose.ts';
import type { Terminal } from './terminal.ts';

/** A regime by its name, and what it is below. */
export function regimeHead({ name, aliases, title, confidence }: RegimeDescription, terminal: Terminal): string {
  const { bold } = pc.createColors(terminal.color.out);
  const others = aliases.length === 0 ? '' : ` (${aliases.join(', ')})`;
  return [`${bold(name)}${others}`, ...paragraph(`${title}; confidence: ${confidence}`, terminal, { indent: 2 })].join('\n');
}

/** Every parameter of a regime under its name, the rules, what is left out, and the sources. */
export function regimeText(regime: RegimeDescription, terminal: Terminal): string {
  const { bold, dim } = pc.createColors(terminal.color.out);
  const block = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0
      ? []
      : [[bold(title), ...lines.flatMap((line) => paragraph(line, terminal, { indent: 2, hang: 2 }))].join('\n')];
  const { lots, taxation } = regime;
  return [
    regimeHead(regime, terminal),
    ...(taxation
      ? block(
          'profiles',
          taxation.profiles.flatMap((profile) => profileLines(profile, taxation)),
        )
      : []),
    ...block('lots', [
      `default ${lots.default}; ${lots.scope === 'universal' ? 'over all wallets' : 'wallet by wallet'}`,
      `the law offers ${lots.lawful.join(', ')}`,
      ...(lots.forComparison.length === 0 ? [] : [`for comparison ${lots.forComparison.join(', ')}`]),
    ]),
    ...(taxation ? block('rules', taxation.rules) : []),
    ...(taxation
      ? block(
          'contracts',
          taxation.contracts.map(({ name, meaning }) => `${name}: ${meaning}`),
        )
      : []),
    ...(taxation ? block('funding', fundingLines(taxation)) : []),
    ...(taxation ? block('year', yearLines(taxation)) : []),
    ...block('not modelled', regime.notModelled),
    ...(regime.sources.length === 0 ? [] : [[bold('sources'), ...sourceLines(regime, terminal)].join('\n')]),
    paragraph(regime.disclaimer, terminal, { paint: dim }).join('\n'),
  ].join('\n\n');
}

function sourceLines({ sources }: RegimeDescription, terminal: Terminal): string[] {
  const { dim } = pc.createColors(terminal.color.out);
  return sources.flatMap(({ what, where, asOf }) => [
    ...paragraph(what, terminal, { indent: 2, hang: 2 }),
    ...paragraph(`${where} (${asOf})`, terminal, { indent: 6, paint: dim }),
  ]);
}

function profileLines({ name, rates }: ProfileDescription, { defaultProfile, classes }: TaxationDescription): string[] {
  const isDefault = name === defaultProfile ? ' (default)' : '';
  return rates.map(({ from, byClass }) => {
    const stated = classes.filter((known) => known.name in byClass);
    const text = stated.map((known) => `${known.meaning} ${rate(byClass[known.name]!)}`).join(', ');
    return `${name}${isDefault}${from === null ? '' : `, tax years from ${from} on`}: ${text}`;
  });
}

/** Where funding goes under each reading, and which readings do not differ under a way of taxing contracts. */
export function fundingLines({ fundingIncome, fundingReadings, classes }: TaxationDescription): string[] {
  const meaning = (name: string): string => classes.find((known) => known.name === name)!.meaning;
  const { received, paid, bothWays } = fundingIncome;
  const payments = paid === null ? 'payments are lost' : `payments are ${meaning(paid)}`;
  return [
    "result (default): part of the contract's result, when the position shrinks",
    `income: receipts are ${meaning(received)}, ${payments}`,
    `income-both-ways: receipts and payments are ${meaning(bothWays)}`,
    ...fundingReadings.map(({ contracts, apart }) => `under contracts ${contracts}: ${fundingDifference(apart)}`),
  ];
}

function yearLines({ year, known, filings }: TaxationDescription): string[] {
  const { starts, due, instalments } = year;
  const when = (yearsLater: number): string =>
    yearsLater === 0 ? 'in which it ends' : yearsLater === 1 ? 'after it ends' : 'before it ends';
  return [
    `starts ${starts}; the bill is due on ${due.date} of the year ${when(due.yearsLater)}`,
    ...(instalments.length === 0
      ? []
      : [`instalments, where asked for: ${instalments.map(({ date, share }) => `${rate(share)} on ${date}`).join(', ')}`]),
    `figures are known for tax years that begin in ${known.from} to ${known.to}`,
    ...(filings === null ? [] : [`bands over another income, filing ${filings.join(', ')}`]),
  ];
}
