import pc from 'picocolors';
import { rate } from '../core/figures.ts';
import type { FactDescription, UnknownFact, VenueDescription } from '../venue/describe.ts';
import { FIGURE_WORDS, type Fact, type FundingRule, type MaintenanceTable, type Product } from '../venue/facts.ts';
import { paragraph } from './prose.ts';
import type { Terminal } from './terminal.ts';

/** A venue by its name, and what it is below. */
export function venueHead({ name, summary }: VenueDescription, terminal: Terminal): string {
  const { bold } = pc.createColors(terminal.color.out);
  return [bold(name), ...paragraph(summary, terminal, { indent: 2 })].join('\n');
}

/** Every figure of a venue under its name, with source, date and confidence, and what is unknown. */
export function venueText(venue: VenueDescription, terminal: Terminal): string {
  const { bold } = pc.createColors(terminal.color.out);
  const figures = [...new Set(venue.facts.map(({ figure }) => figure))];
  const blocks = figures.map((figure) => {
    const facts = venue.facts.filter((fact) => fact.figure === figure);
    return [bold(FIGURE_WORDS[figure]), ...groupText(facts, venue.products, terminal)].join('\n');
  });
  const listed = `lists ${venue.products.join(', ')}${venue.dailyVariation ? '; results are paid in cash every day' : ''}`;
  const unknown = venue.unknown.flatMap((fact) => paragraph(unknownText(fact), terminal, { indent: 2, hang: 2 }));
  return [
    venueHead(venue, terminal),
    paragraph(listed, terminal, { indent: 2, hang: 2 }).join('\n'),
    ...blocks,
    ...(venue.unknown.length === 0 ? [] : [[bold('unknown'), ...unknown].join('\n')]),
  ].join('\n\n');
}

// Neighbours with one source share its line.
function groupText(facts: readonly FactDescription[], listed: readonly Product[], terminal: Terminal): string[] {
  const { dim } = pc.createColors(terminal.color.out);
  return facts.flatMap((fact, k) => {
    const next = facts[k + 1];
    const shared = next !== undefined && sourceText(next) === sourceText(fact);
    const since = fact.from === null ? '' : ` since ${fact.from}`;
    const what = `${productText(fact.products, listed)}${fact.coins ? ` (${fact.coins.join(', ')})` : ''}${since}`;
    return [
      ...paragraph(`${what}: ${valueText(fact as unknown as Fact)}`, terminal, { indent: 2, hang: 2 }),
      ...(shared ? [] : paragraph(sourceText(fact), terminal, { indent: 6, paint: dim })),
    ];
  });
}

// Long lists are said in a word where they are everything there is.
function productText(products: readonly Product[], listed: readonly Product[]): string {
  if (products.length > 1 && products.length === listed.length) return 'all';
  const contracts = listed.filter((product) => product !== 'spot');
  const allContracts = products.length > 2 && contracts.every((product) => products.includes(product));
  return allContracts ? 'all contracts' : products.join(', ');
}

function sourceText({ confidence, source, asOf, note }: FactDescription): string {
  return `${confidence}: ${source}, ${asOf}${note === null ? '' : `. ${note}`}`;
}

function unknownText({ figure, product, knownFor, knownUpTo, needed }: UnknownFact): string {
  const known = knownFor.length === 0 ? '' : ` of coins other than ${knownFor.join(', ')}`;
  const limits = Object.entries(knownUpTo ?? {}).map(([coin, size]) => `${coin} is known up to ${grouped(size)}`);
  const part = limits.length === 0 ? '' : ` (${limits.join(', ')})`;
  return `${FIGURE_WORDS[figure]}: ${product}${known}${part}${needed ? '; a run must be given it' : ''}`;
}

function valueText(fact: Fact): string {
  switch (fact.figure) {
    case 'fees':
      return `maker ${rate(fact.value.maker)}, taker ${rate(fact.value.taker)}`;
    case 'halfSpread':
    case 'liquidationFee':
    case 'settlementFee':
      return rate(fact.value);
    case 'impact':
    case 'contractSize':
      return grouped(fact.value);
    case 'maxLeverage':
      return `${fact.value}×`;
    case 'lots':
      return lotText(fact.value);
    case 'maintenance':
      return tableText(fact.value);
    case 'slopedMargin':
      return `initial ${rate(fact.value.initialBase)}, maintenance ${rate(fact.value.maintenanceBase)}, both + ${rate(fact.value.perCoin)} a coin`;
    case 'funding':
      return fundingText(fact.value);
    case 'collateral':
      return fact.value.map((step) => `${rate(step.rate)}${step.upTo === null ? '' : ` to ${grouped(step.upTo)}`}`).join(', ');
    case 'feeRule':
    case 'maintenanceRule':
    case 'liquidationRule':
    case 'markPrice':
    case 'expiry':
    case 'settlementPrice':
    case 'tradingHours':
      return fact.value;
    default:
      return fact satisfies never;
  }
}

function lotText({ step, minQuantity, minNotional, tick }: Extract<Fact, { figure: 'lots' }>['value']): string {
  const parts = [
    ['step', step],
    ['least quantity', minQuantity],
    ['least notional', minNotional],
    ['tick', tick],
  ] as const;
  return parts.flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${grouped(value)}`])).join(', ');
}

function tableText({ brackets, upTo, by, complete }: MaintenanceTable): string {
  const bands = brackets.map((band, k) => {
    const edge = brackets[k + 1]?.floor ?? upTo;
    const size = edge === null ? 'above' : `to ${grouped(edge)}`;
    return `${size} ${rate(band.rate)}${band.maxLeverage === null ? '' : ` ${band.maxLeverage}×`}`;
  });
  return `${by === 'coins' ? 'by coins: ' : ''}${bands.join(', ')}${complete ? '' : ', not known above'}`;
}

function fundingText({ intervalHours, hours, interest, clamp, cap, floor }: FundingRule): string {
  const at = hours === undefined ? '' : ` at ${hours.map((hour) => `${String(hour).padStart(2, '0')}:00`).join(', ')}`;
  return [
    `${intervalHours === null ? 'continuous' : `every ${intervalHours} h`}${at}`,
    ...(interest === undefined ? [] : [`interest ${rate(interest)} per 8 h`]),
    ...(clamp === undefined ? [] : [`clamp ${rate(clamp)}`]),
    ...(cap === undefined || floor === undefined ? [] : [`within ${rate(floor)} and ${rate(cap)}`]),
  ].join(', ');
}

function grouped(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 10 });
}
