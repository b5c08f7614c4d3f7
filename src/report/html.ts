import type { Comparison } from '../analysis/comparison.ts';
import { dataBlock } from './data/block.ts';
import { renderPage } from './page.ts';
import { comparisonSection } from './sections/comparison.ts';
import { costsSection } from './sections/costs.ts';
import { drawdownSection } from './sections/drawdowns.ts';
import { growthSection } from './sections/growth.ts';
import { methodSection } from './sections/method.ts';
import { verdictSection } from './sections/verdict.ts';
import { openView } from './view.ts';

/**
 * The HTML report of a comparison: one file that asks for nothing, whole without JavaScript, the same bytes for the same result.
 *
 * Works from a comparison in memory or read back from disk; runs with lean records lack the figures that need full ones.
 */
export async function renderReport(comparison: Comparison): Promise<string> {
  const view = openView(comparison);
  const sections = [
    verdictSection(view),
    comparisonSection(view),
    await growthSection(view),
    await drawdownSection(view),
    await costsSection(view),
    methodSection(view),
  ];
  const { name } = comparison;
  const { version } = view.benchmark.result.manifest;
  return renderPage({ title: name, version, sections, data: dataBlock(view) });
}
