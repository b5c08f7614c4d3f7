import { type Html, html } from '../escape.ts';
import { renderTable } from '../table.ts';
import type { ReportView } from '../view.ts';
import { factList, sharedBy, shortHash } from './facts.ts';

/** What is needed to repeat the test: versions, seed and hashes. */
export function provenance({ runs, benchmark }: ReportView): Html {
  const { version, node, seed } = benchmark.result.manifest;
  const data = sharedBy(runs, ({ result }) => result.manifest.dataHash);
  return html`${factList([
    ['kedge', version],
    ['Node', node],
    ['Seed', String(seed)],
    ['Market data', data.map(({ value }) => html`<div><code>${value}</code></div>`)],
  ])}
  ${renderTable({
    name: 'Hashes of configuration and strategy source by run',
    head: ['Run', 'Configuration', 'Strategy source'],
    groups: [
      {
        title: null,
        rows: runs.map(({ name, result: { manifest } }) => ({
          head: name,
          cells: [shortHash(manifest.configHash), shortHash(manifest.sourceHash)],
        })),
      },
    ],
    look: 'compact text',
  })}`;
}
