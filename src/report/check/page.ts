import { createHash } from 'node:crypto';
import { PACKAGE_VERSION } from '../../core/package.ts';
import { type CheckReport, type Finding, SEVERITIES, type Severity } from '../../market/check/finding.ts';
import { type Html, html, trusted } from '../escape.ts';
import { count } from '../format.ts';
import { printable } from '../names.ts';
import { STYLE } from '../style.ts';
import { calendarTable } from './calendar.ts';

const OWN_STYLE = `${STYLE}
.calendar{table-layout:fixed}
.calendar td,.calendar th{padding:4px 10px 4px 0;font-size:13px;text-align:left;vertical-align:middle}
.calendar th:first-child{width:34%;overflow-wrap:anywhere;white-space:normal}
.calendar thead th:last-child{max-width:none}
.calendar svg{width:100%;height:14px;overflow:visible}
.calendar small{color:var(--muted);font-weight:400}
.calendar th small+small{display:block}
.calendar text{fill:var(--muted);font:400 11px var(--sans)}
.whole{fill:var(--accent)}
.nearly{fill:var(--accent);opacity:.7}
.part{fill:var(--accent);opacity:.35}
.none{fill:var(--grid)}
.found-error,.found-warning{fill:var(--alarm)}
.key{display:flex;flex-wrap:wrap;gap:4px 20px;font-size:13px;list-style:none;padding:0}
.key li{display:flex;align-items:center;gap:7px}
.key svg{width:14px;height:14px}
.found td,.found th{text-align:left;white-space:normal;overflow-wrap:anywhere}
.found th{min-width:min(13em,40vw);font-weight:400}
.found small{display:block;color:var(--muted)}
`;

const HEADINGS: Readonly<Record<Severity, string>> = { error: 'Errors', warning: 'Warnings', info: 'Notes' };
const NAMES: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/**
 * What a check found, as one small HTML page that asks for nothing and runs nothing: a summary, a calendar of what each file covers, and
 * the findings by severity. The same report gives the same bytes.
 */
export function renderCheck(report: CheckReport): string {
  const of = (severity: Severity) => report.findings.filter((finding) => finding.severity === severity);
  const policy = `default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-${createHash('sha256').update(OWN_STYLE).digest('base64')}'`;
  const present = SEVERITIES.filter((severity) => of(severity).length > 0);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="kedge ${PACKAGE_VERSION}" />
        <title>Check of ${printable(report.name)}</title>
        ${trusted(`<style>${OWN_STYLE}</style>`)}
      </head>
      <body>
        <a class="skip" href="#summary">Skip to the summary</a>
        <div class="page">
          <aside>
            <nav aria-label="Contents">
              <ul>
                <li><a href="#summary">Summary</a></li>
                <li><a href="#calendar">Calendar</a></li>
                ${present.map((severity) => html`<li><a href="#${severity}">${HEADINGS[severity]}</a></li>`)}
              </ul>
            </nav>
          </aside>
          <main>
            ${summarySection(report, of)}
            <section id="calendar">
              <h2>What is covered, month by month</h2>
              ${key()} ${calendarTable(report.calendars, report.findings)}
            </section>
            ${present.map(
              (severity) =>
                html`<section id="${severity}">
                  <h2>${HEADINGS[severity]}</h2>
                  ${findingTable(of(severity))}
                </section>`,
            )}
          </main>
        </div>
      </body>
    </html> `.markup;
}

function summarySection(report: CheckReport, of: (severity: Severity) => readonly Finding[]): Html {
  const { name, series, files, synthetic, findings } = report;
  const counts = SEVERITIES.map((severity) => counted(of(severity).length, NAMES[severity])).join(', ');
  const codes = [...new Set(SEVERITIES.flatMap((severity) => of(severity).map(({ code }) => code)))];
  return html`<section id="summary">
    <p class="eyebrow">kedge data check</p>
    <h1>${printable(name)}</h1>
    <p class="lede">${series} series in ${counted(files, 'file')}: ${findings.length === 0 ? 'nothing found' : counts}.</p>
    ${synthetic && html`<p class="caveat synthetic">This market is synthetic: no evidence about any real one.</p>`}
    ${
      codes.length > 0 &&
      html`<div class="scroll" tabindex="0" role="region" aria-label="Findings by code">
        <table>
          <thead>
            <tr>
              <th scope="col">Finding</th>
              <th scope="col">Severity</th>
              <th scope="col">Files</th>
              <th scope="col">Times</th>
            </tr>
          </thead>
          <tbody>
            ${codes.map((code) => codeRow(findings.filter((finding) => finding.code === code)))}
          </tbody>
        </table>
      </div>`
    }
  </section>`;
}

function codeRow(findings: readonly Finding[]): Html {
  const { code, severity } = findings[0]!;
  return html`<tr>
    <th scope="row">${code}</th>
    <td>${NAMES[severity]}</td>
    <td>${count(new Set(findings.map(({ file, symbol }) => file ?? symbol)).size)}</td>
    <td>${count(findings.reduce((sum, finding) => sum + finding.count, 0))}</td>
  </tr>`;
}

function key(): Html {
  const square = (shade: string) =>
    trusted(`<svg viewBox="0 0 14 14" aria-hidden="true"><path class="${shade}" d="M0 0h14v14h-14z"/></svg>`);
  const tick = (severity: string, top: number) =>
    trusted(`<svg viewBox="0 0 14 14" aria-hidden="true"><path class="found-${severity}" d="M6 ${top}h3V14h-3z"/></svg>`);
  return html`<ul class="key">
    <li>${square('whole')} whole</li>
    <li>${square('nearly')} over nine tenths</li>
    <li>${square('part')} in part</li>
    <li>${square('none')} nothing</li>
    <li>${tick('warning', 7)} a warning begins</li>
    <li>${tick('error', 0)} an error begins</li>
  </ul>`;
}

function findingTable(findings: readonly Finding[]): Html {
  return html`<table class="found">
    <thead>
      <tr>
        <th scope="col">Where</th>
        <th scope="col">What</th>
      </tr>
    </thead>
    <tbody>
      ${findings.map(
        ({ file, line, symbol, venue, code, message, hint }) =>
          html`<tr>
            <th scope="row">
              ${file ?? symbol}${line !== null && `, line ${line}`}
              <small>${symbol}, ${venue}</small>
            </th>
            <td>${message} <small>${code}: ${hint}</small></td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function counted(number: number, what: string): string {
  return `${count(number)} ${what}${number === 1 ? '' : 's'}`;
}
