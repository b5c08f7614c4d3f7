import type { JudgedClaim, JudgedClaims } from '../analysis/claims/judged.ts';
import { VERDICTS, type Verdict } from '../analysis/claims/verdict.ts';
import { PACKAGE_VERSION } from '../core/package.ts';
import { formatDate } from '../core/time.ts';
import { effectText, neededText } from './claims-text.ts';
import { type Html, html } from './escape.ts';
import { renderPage } from './page.ts';
import type { Section } from './sections/section.ts';
import { renderTable, type TableRow } from './table.ts';

/** The claims as a page of their own: what each verdict rests on, and where to make its runs again. */
export function renderClaims(judged: JudgedClaims): string {
  const sections = [overview(judged), table(judged), details(judged), method(judged)];
  return renderPage({ title: 'The article, claim by claim', version: PACKAGE_VERSION, sections, data: judged });
}

function overview({ name, synthetic, market, claims }: JudgedClaims): Section {
  const tested = claims.filter(({ effect }) => effect !== null).length;
  const count = (verdict: Verdict): number => claims.filter((claim) => claim.verdict === verdict).length;
  return {
    id: 'overview',
    entry: 'Overview',
    title: null,
    body: html`<p class="eyebrow">
        ${name} · ${market.symbols.join(', ')} · ${formatDate(market.from)} to ${formatDate(market.to)} ·
        ${synthetic ? 'synthetic prices' : 'historical prices'}
      </p>
      <h1>Of ${claims.length} claims, ${tested} were measured: ${count('supported')} hold, ${count('contradicted')} do not</h1>
      <p class="lede">
        Conditional, that is true in some markets and false in others: ${count('conditional')}. Left open by the data:
        ${count('inconclusive')}. Not testable here: ${claims.length - tested}. A verdict is computed: the whole interval must lie
        beyond the claim's threshold.
      </p>
      <dl class="figures">
        ${VERDICTS.map(
          (verdict) =>
            html`<div class="figure">
              <dt>${verdict}</dt>
              <dd><b>${count(verdict)}</b></dd>
            </div>`,
        )}
      </dl>
      <p class="caveat${synthetic && ' synthetic'}">
        ${
          synthetic
            ? 'The prices are synthetic. This is a demonstration of the method, and evidence for nothing.'
            : 'One history. Intervals say how far luck on this path could explain an effect, not what another decade brings.'
        }
      </p>`,
  };
}

function table({ claims }: JudgedClaims): Section {
  const rows = claims.map(({ id, section, claim, verdict, ...measured }): TableRow => ({
    head: id,
    cells: [
      { content: claim, className: 'wrap' },
      section,
      verdict,
      measured.effect === null ? '–' : effectText(measured),
      neededText(measured),
    ],
  }));
  return {
    id: 'claims',
    entry: 'Claims',
    title: 'What does the article say, and does it hold?',
    body: renderTable({
      name: 'Claims and verdicts',
      head: ['No.', 'Claim', 'Section', 'Verdict', 'Effect [95% interval]', 'Holds if'],
      groups: [{ title: null, rows }],
      look: 'compact text',
    }),
  };
}

function details({ claims }: JudgedClaims): Section {
  return {
    id: 'details',
    entry: 'What was measured',
    title: 'What was measured, and by which runs?',
    body: html`${claims.map(detail)}`,
  };
}

function detail({ id, claim, measure, note, missing, regimes, variants, runs, ...measured }: JudgedClaim): Html {
  const figures: TableRow[] = [
    ...(measured.effect === null ? [] : [{ head: measure ?? '', cells: [effectText(measured)] }]),
    ...regimes.map(({ regime, ...effect }): TableRow => ({ head: regime, cells: [effectText(effect)], kind: 'sub' })),
    ...variants.map(({ name, ...effect }): TableRow => ({ head: name, cells: [effectText(effect)], kind: 'sub' })),
  ];
  const made = runs.map(({ id: run, hash }) => `${run} (${hash.slice(0, 12)})`).join(', ');
  return html`<h3>${id}. ${claim}</h3>
    <p>${note}</p>
    ${
      figures.length > 0 &&
      renderTable({
        name: `Figures of claim ${id}`,
        head: ['Measure', 'Effect [95% interval]'],
        groups: [{ title: null, rows: figures }],
        look: 'compact text',
      })
    }
    ${missing !== null && html`<p>Not measured: ${measure ?? ''}. ${missing}.</p>`}
    ${made !== '' && html`<p class="note">Runs: ${made}</p>`}`;
}

function method({ dataHash, market }: JudgedClaims): Section {
  return {
    id: 'method',
    entry: 'Method',
    title: 'How is a verdict reached?',
    body: html`<p>
        Threshold and direction of each claim stand in the code beside it and were fixed before any result. Intervals are 95%
        percentile intervals of a stationary bootstrap over days; differences between two runs are paired on the same days. A
        claim is supported when the whole interval lies beyond its threshold, contradicted when it lies beyond it the other way,
        conditional when named regimes answer significantly and differently, and inconclusive otherwise. Figures without an
        interval are counts or identities.
      </p>
      <p>
        ${market.bars} bars of ${market.interval}; market data ${dataHash.slice(0, 12)}. Hashes beside runs are those of their
        configuration in <code>--json</code>.
      </p>`,
  };
}
