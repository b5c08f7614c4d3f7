import { type Html, type HtmlValue, html } from '../escape.ts';
import { UNDEFINED, closingDay, countWord, fall, money, wholePercent } from '../format.ts';
import type { ReportRun, ReportView } from '../view.ts';
import type { Section } from './section.ts';

interface Figure {
  readonly label: string;
  readonly value: string;
  readonly beside: string;
}

/** What is the finding, and how far can it be trusted: the headline by its rule, a sentence for every other tax regime, one paragraph, four figures, one caveat. */
export function verdictSection(view: ReportView): Section {
  const { comparison, subject, benchmark } = view;
  const { headline, synthetic } = comparison;
  const candidates = subject === benchmark ? '' : `, ${subject.name}`;
  return {
    id: 'verdict',
    entry: 'Verdict',
    title: null,
    body: html`<p class="eyebrow">${origin(view)}</p>
      <h1>${withNames(headline.sentence, view)}</h1>
      ${headline.elsewhere.map(({ sentence }) => html`<p class="elsewhere">${withNames(sentence, view)}</p>`)}
      <p class="lede">${withNames(headline.paragraph, view)}</p>
      <dl class="figures">${figures(view, candidates).map((each) => renderFigure(each, view))}</dl>
      <p class="caveat${synthetic && ' synthetic'}">${withNames(headline.caveat, view)}</p>`,
  };
}

/** Names longer than this may break across lines. */
const UNBROKEN = 24;

/** Text in which the runs' names do not break at their hyphens. */
function withNames(text: string, view: ReportView): HtmlValue {
  const names = view.runs.map(({ result }) => result.id).filter((id) => id.includes('-') && id.length <= UNBROKEN);
  const found = names
    .map((name) => ({ name, at: text.indexOf(name) }))
    .filter(({ at }) => at >= 0)
    // The longer of two names that begin at one place: "spot-band 2", not "spot-band".
    .sort((a, b) => a.at - b.at || b.name.length - a.name.length)[0];
  if (!found) return text;
  const { name, at } = found;
  return [text.slice(0, at), html`<span class="name">${name}</span>`, withNames(text.slice(at + name.length), view)];
}

function origin({ comparison, time, benchmark, runs, currency }: ReportView): string {
  const { metrics } = benchmark;
  const coins = new Set(runs.flatMap(({ attribution }) => Object.keys(attribution.spot)));
  return [
    comparison.name,
    `${closingDay(time[0]!)} to ${closingDay(time.at(-1)!)}`,
    `${countWord(coins.size)} ${coins.size === 1 ? 'coin' : 'coins'}`,
    `${money(metrics.initialEquity, currency)} at the start`,
    comparison.synthetic ? 'synthetic prices' : 'historical prices',
  ].join(' · ');
}

function figures({ subject, benchmark, currency }: ReportView, suffix: string): Figure[] {
  const beside = (text: (run: ReportRun) => string) => (subject === benchmark ? '' : `${benchmark.name} ${text(benchmark)}`);
  const sold = ({ metrics }: ReportRun) => money(metrics.finalAfterLiquidation, currency);
  const deepest = ({ metrics }: ReportRun) => fall(metrics.maxDrawdown);
  const outside = ({ metrics }: ReportRun) => wholePercent(metrics.timeOutOfBand);
  const running = ({ metrics }: ReportRun) => money(metrics.fees + metrics.slippage + metrics.taxesPaid, currency);
  const { funding, taxesPaid } = subject.metrics;
  const carry =
    funding === 0 ? '' : `; funding ${funding > 0 ? 'received' : 'paid'} besides: ${money(Math.abs(funding), currency)}`;
  return [
    { label: `If all were sold${suffix}`, value: sold(subject), beside: beside(sold) },
    { label: 'Worst drawdown', value: deepest(subject), beside: beside(deepest) },
    {
      label: 'Time out of band',
      value: outside(subject),
      beside: outside(subject) === UNDEFINED ? 'not recorded' : beside(outside),
    },
    {
      label: 'Fees, slippage and tax paid',
      value: running(subject),
      beside: [`${money(taxesPaid, currency)} of it tax${carry}`, beside(running)].filter(Boolean).join('; '),
    },
  ];
}

function renderFigure({ label, value, beside }: Figure, view: ReportView): Html {
  return html`<div class="figure">
    <dt>${label}</dt>
    <dd><b>${value}</b><span class="beside">${withNames(beside, view)}</span></dd>
  </div>`;
}
