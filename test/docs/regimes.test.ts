import { describe, expect, test } from 'vitest';
import { fundingLines } from '../../src/cli/regime-text.ts';
import { describeRegime } from '../../src/tax/describe-regime.ts';
import type { RegimeDescription, TaxationDescription } from '../../src/tax/describe-regime.ts';
import { REGIMES } from '../../src/tax/regimes.ts';

const HEAD = `# Tax regimes

What each regime of \`tax:\` reckons with, for a resident who holds coins privately. This page is made from the source (after a change:
\`npx vitest run test/docs/regimes.test.ts --update\`); \`kedge regimes NAME\` prints the same, and \`--json\` gives it as a document
([schema](json/regimes.schema.json)). A regime is held to worked examples of authorities and open-source tests in
\`test/conformance/tax-examples.test.ts\`; \`KEDGE_CONFORMANCE_DIR\` names a folder with other cases of the same form.

None of this is tax advice. How rates, lots, funding and payment are chosen is in [experiment.md](experiment.md); the ledger alone runs on
your own trades with \`kedge tax\` ([tax-transactions.md](tax-transactions.md)).
`;

function section(regime: RegimeDescription): string {
  const { name, title, aliases, currency, confidence, lots, taxation, notModelled, sources } = regime;
  const answers = aliases.length === 0 ? '' : `, also ${aliases.map((alias) => `\`${alias}\``).join(', ')}`;
  return [
    `## \`${name}\`: ${title}`,
    `Currency ${currency ?? 'of the account'}${answers}. Confidence: ${confidence}.`,
    list([
      `Lots: \`${lots.default}\`; the law offers ${codes(lots.lawful)}${lots.forComparison.length === 0 ? '' : `, for comparison ${codes(lots.forComparison)}`}; ${lots.scope}.`,
      ...(taxation ? taxationLines(taxation) : []),
    ]),
    ...(taxation ? [`Rules:\n\n${list(taxation.rules)}`] : []),
    ...(notModelled.length === 0 ? [] : [`Not modelled:\n\n${list(notModelled)}`]),
    ...(sources.length === 0
      ? []
      : [`Sources:\n\n${list(sources.map(({ what, where, asOf }) => `${what}: ${where} (${asOf})`))}`]),
  ].join('\n\n');
}

function taxationLines(taxation: TaxationDescription): string[] {
  const { profiles, defaultProfile, contracts, year, known } = taxation;
  return [
    ...profiles.map(({ name, rates }) => {
      const periods = rates.map(({ from, byClass }) => {
        const text = Object.entries(byClass).map(([each, rate]) => `${each} ${Number((100 * rate).toFixed(3))} %`);
        return `${from === null ? '' : `from ${from} `}${text.join(', ')}`;
      });
      return `Profile \`${name}\`${name === defaultProfile ? ' (default)' : ''}: ${periods.join('; ')}.`;
    }),
    ...contracts.map(({ name, meaning }) => `Contracts \`${name}\`: ${meaning}.`),
    `Funding: ${fundingLines(taxation).join('; ')}.`,
    `Tax year from ${year.starts}, due ${year.due.date}${year.instalments.length === 0 ? '' : `, instalments on ${year.instalments.map(({ date }) => date).join(', ')}`}; figures known for years that begin in ${known.from} to ${known.to}.`,
  ];
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

function codes(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

describe('docs/regimes.md', () => {
  test('says of every regime what the source says', async () => {
    const text = [HEAD, ...REGIMES.map((regime) => `${section(describeRegime(regime))}\n`)].join('\n');
    await expect(text).toMatchFileSnapshot('../../docs/regimes.md');
  });
});
