import { PALETTE } from './palette.ts';

function tokens(theme: 'light' | 'dark'): string {
  const colours = Object.entries(PALETTE[theme]).map(([name, colour]) => `--${name}:${colour};`);
  return `color-scheme:${theme};${colours.join('')}`;
}

/** The page's only style sheet. Print always has the light tokens, whatever the screen had. */
export const STYLE = `
:root{${tokens('light')}
--sans:Inter,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
--serif:"Iowan Old Style","Palatino Linotype",Palatino,"Source Serif 4",Georgia,"DejaVu Serif",serif}
@media screen{
:root[data-theme="dark"]{${tokens('dark')}}
@media (prefers-color-scheme:dark){:root:not([data-theme="light"]){${tokens('dark')}}}
}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:24px}
body{margin:0;background:var(--bg);color:var(--body);font:400 16px/1.55 var(--sans);overflow-wrap:break-word;font-variant-numeric:tabular-nums}
h1,h2,h3,p,figure,dl,dd,ul,table{margin:0;padding:0}
h1,h2,.figure b{font-family:var(--serif);font-weight:400;color:var(--ink)}
h1{font-size:38px;line-height:1.2;letter-spacing:-.01em;max-width:20em;text-wrap:balance}
h2{font-size:26px;line-height:1.25}
h3{font-size:14px;line-height:1.4;font-weight:600;color:var(--ink)}
a{color:var(--accent)}
svg{display:block;width:100%;height:auto}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.hidden{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip:not(:focus){position:absolute;left:-9999px}

.page{display:grid;grid-template-columns:184px minmax(0,900px);gap:56px;justify-content:center;padding:48px 32px 96px}
aside{position:sticky;top:48px;align-self:start;height:calc(100vh - 96px);display:flex;flex-direction:column;justify-content:space-between}
nav ul{list-style:none;border-left:1px solid var(--line);font-size:14px}
nav a{display:block;padding:5px 0 5px 14px;margin-left:-1px;border-left:2px solid transparent;color:var(--muted);text-decoration:none}
nav a:hover{color:var(--ink)}
nav a[aria-current]{color:var(--ink);font-weight:600;border-color:var(--accent)}
.controls{display:flex;gap:8px}
.controls[hidden]{display:none}
button{font:inherit;font-size:13px;color:var(--ink);background:var(--bg);border:1px solid var(--axis);border-radius:6px;padding:6px 11px;cursor:pointer}
button:hover{border-color:var(--ink)}
section+section{margin-top:56px}
section>h2+*{margin-top:18px}
section>*+*{margin-top:22px}
section>h3{margin-top:38px}
section>h3+*{margin-top:10px}
.eyebrow,.note{color:var(--muted)}
.eyebrow{font-size:14px}
.note{font-size:13px;line-height:1.5;max-width:66em}
.prose{max-width:62ch}
.elsewhere{font-family:var(--serif);font-size:22px;line-height:1.35;color:var(--ink);max-width:36em;text-wrap:pretty}
.lede{font-size:18px;line-height:1.6;max-width:62ch}
.caveat{font-size:14px;border-left:2px solid var(--axis);padding-left:14px;max-width:66ch}
.caveat.synthetic{border-left:3px solid var(--ink);color:var(--ink)}
#verdict>.eyebrow+h1{margin-top:10px}
#verdict>h1+*{margin-top:18px}
#verdict>.elsewhere+.elsewhere{margin-top:10px}

.figures{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));border-top:1px solid var(--ink)}
.figure{padding:12px 16px 12px 18px;border-left:1px solid var(--line)}
.figure:first-child{border-left:0;padding-left:0}
.figure dt,.figure .beside{font-size:13px;line-height:1.45;color:var(--muted)}
.figure b{display:block;font-size:26px;line-height:1.35}
.figure dd{margin:0}
.figure .beside{display:block}

.scroll{position:relative;overflow-x:auto;background:linear-gradient(to left,var(--bg) 40%,transparent) right/36px 100% no-repeat local,linear-gradient(to left,var(--axis),transparent) right/9px 100% no-repeat scroll}
table{border-collapse:collapse;width:100%;font-size:14px;line-height:1.4}
caption{text-align:left;font-size:13px;color:var(--muted);padding-bottom:10px}
caption span{position:sticky;left:0;display:inline-block;max-width:min(66em,100vw - 32px)}
th,td{padding:7px 10px;text-align:right;vertical-align:baseline;border-bottom:1px solid var(--line);font-weight:400;white-space:nowrap}
th:first-child,td:first-child{text-align:left}
.text th,.text td{text-align:left}
thead th{font-weight:600;color:var(--ink);vertical-align:bottom;border-bottom:1px solid var(--ink);white-space:normal;line-height:1.3;max-width:11em;overflow-wrap:break-word}
tbody th{color:var(--body)}
th[scope="rowgroup"]{text-align:left;color:var(--muted);font-size:13px;padding-top:18px;border-bottom-color:var(--axis)}
tbody:first-of-type th[scope="rowgroup"]{padding-top:12px}
td.best{background:var(--tint);color:var(--ink);font-weight:600}
td.best::before{content:"\\25cf";color:var(--accent);font-size:9px;margin-right:6px;vertical-align:1px}
td.clear{color:var(--ink);font-weight:600}
td small{display:block;font-size:12px;font-weight:400;color:var(--muted)}
tr.total th,tr.total td{color:var(--ink);font-weight:600;border-bottom-color:var(--axis)}
tr.sub th{padding-left:24px}
td.wrap,.text td.wrap{white-space:normal;min-width:16em}
th[scope="rowgroup"]>span{position:sticky;left:10px;display:inline-block}
.sticky th:first-child{position:sticky;left:0;background:var(--bg);z-index:1}
.compact table{font-size:13px}
.compact th,.compact td{padding:4px 8px}
code{font-family:ui-monospace,"SF Mono",Menlo,Consolas,monospace;font-size:.92em}

.swatch{display:inline-block;width:26px;height:8px;vertical-align:middle;flex:none}
thead .swatch{display:block;margin:0 0 6px auto}
.legend{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:4px 56px;font-size:14px}
.legend>div{display:flex;align-items:center;gap:10px;min-width:0}
.legend dt{flex:1;min-width:0;display:flex;align-items:center;gap:10px}
.legend dt span{min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.legend dd{color:var(--muted)}
.legend dd.value{color:var(--ink);font-weight:600}
.kinds{display:flex;flex-wrap:wrap;gap:4px 20px;font-size:13px;list-style:none}
.kinds li{display:flex;align-items:center;gap:7px}
.kinds .swatch{width:12px;height:12px}
.cast{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:6px 20px;font-size:14px}
.cast dt{display:flex;align-items:flex-start;gap:10px;color:var(--ink);font-weight:600;max-width:18em;overflow-wrap:anywhere}
.cast dt .swatch{margin-top:7px}
.cast dd{max-width:66ch}
.cast .params{display:block;color:var(--muted);font-size:13px;overflow-wrap:anywhere}
.name{white-space:nowrap}
.stack>*+*{margin-top:14px}
.narrow{display:none}
figure figcaption{font-size:13px;line-height:1.5;color:var(--muted);margin-top:8px;max-width:66em}
.panels{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:22px 24px}
.panels h3{display:flex;justify-content:space-between;gap:8px;font-size:13px}
.panels h3 span:last-child{font-weight:400;color:var(--muted);white-space:nowrap}
.panels h3 span:first-child{min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.pairs{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:30px 40px}
.pairs .compact th,.pairs .compact td{padding:4px 6px}
.pairs h3{margin-bottom:6px;display:flex;align-items:center;gap:10px;overflow-wrap:anywhere}
details>summary{cursor:pointer;color:var(--accent);font-size:14px;width:fit-content}
details[open]>summary{margin-bottom:12px}
.facts{display:grid;grid-template-columns:13em minmax(0,1fr);font-size:14px}
.facts dt,.facts dd{padding:6px 0;border-bottom:1px solid var(--line)}
.facts dt{color:var(--muted);padding-right:16px}
.facts dd{color:var(--body);overflow-wrap:anywhere}
.facts dd>*+*{margin-top:4px}
.list{padding-left:18px;font-size:14px}
.list li+li{margin-top:4px}
.list.note{font-size:13px;overflow-wrap:anywhere}
.list,.notices{max-width:74ch}

@media (max-width:1199px){
.page{display:block;padding:0 32px 72px;max-width:964px;margin:0 auto}
aside{top:0;height:auto;z-index:3;flex-direction:row;align-items:center;gap:16px;margin:0 -32px 32px;padding:0 32px;background:var(--bg);border-bottom:1px solid var(--line)}
nav{overflow-x:auto;min-width:0;position:relative}
nav ul{display:flex;border-left:0}
nav a{padding:12px 10px 10px;margin:0;border-left:0;border-bottom:2px solid transparent;white-space:nowrap}
html{scroll-padding-top:64px}
}
@media (max-width:699px){
.page{padding:0 16px 56px}
aside{margin:0 -16px 24px;padding:0 6px}
.controls{display:none}
h1{font-size:29px}
h2{font-size:23px}
.elsewhere{font-size:19px}
.lede{font-size:17px}
section+section{margin-top:44px}
.figures{grid-template-columns:repeat(2,minmax(0,1fr))}
.figure:nth-child(odd){border-left:0;padding-left:0}
.figure:nth-child(n+3){border-top:1px solid var(--line)}
.legend,.pairs{grid-template-columns:minmax(0,1fr)}
.panels{grid-template-columns:repeat(2,minmax(0,1fr));gap:18px 14px}
.name{white-space:normal}
.cast,.facts{grid-template-columns:minmax(0,1fr)}
.cast{gap:2px}
.cast dd+dt{margin-top:10px}
.facts dt{border-bottom:0;padding-bottom:0}
.facts dd{padding-top:2px}
.wide{display:none}
.narrow{display:block}
th,td{padding:7px 8px}
.phrases tbody th[scope="row"]{white-space:normal;min-width:8.5em}
.pairs .compact table{font-size:11.5px}
.pairs .compact th,.pairs .compact td{padding:4px 3px}
.text tbody th[scope="row"]{white-space:normal;min-width:9em;overflow-wrap:anywhere}
.text td.wrap{min-width:11em}
}
@media screen and (max-width:699px){
.stacked table{font-size:12px}
.stacked :is(th,td){padding-left:3px;padding-right:3px}
.stacked :is(thead th,tbody th[scope="row"]):first-child{min-width:0;max-width:0;padding:5px 0 0 3px;overflow:visible;white-space:nowrap;vertical-align:top;background:none}
.stacked :is(thead th:not(:first-child),td){padding-top:25px;vertical-align:bottom}
.stacked th[scope="row"]:first-child{color:var(--muted)}
.stacked tr.total th[scope="row"]{color:var(--ink)}
.stacked td.best{background:linear-gradient(var(--tint),var(--tint)) bottom/100% calc(100% - 25px) no-repeat}
.stacked td.best::before{font-size:7px;margin-right:2px}
.stacked td small{font-size:11px;white-space:normal}
.stacked td.words{white-space:normal;min-width:5em}
.stacked th[scope="rowgroup"]>span{left:3px}
}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
@page{size:A4;margin:16mm 15mm}
@media print{
:root{font-size:12px;-webkit-print-color-adjust:exact;print-color-adjust:exact}
body{font-size:12px;line-height:1.45;background:none}
.page{display:block;padding:0;max-width:none}
aside,details,.skip{display:none}
h1{font-size:26px}
h2{font-size:19px}
.elsewhere{font-size:16px}
.lede{font-size:14px}
.figure b{font-size:20px}
.figures{grid-template-columns:repeat(4,minmax(0,1fr))}
table,.legend,.cast,.facts,.list,.caveat,.prose,h3{font-size:11px}
td small{font-size:.87em}
.compact table{font-size:10px}
.many table{font-size:8.5px}
.many th,.many td{padding:3px 4px}
.note,caption,figure figcaption,.eyebrow,.figure dt,.figure .beside,.kinds,.list.note,.panels h3{font-size:10px}
th,td{padding:3px 6px}
th[scope="rowgroup"],tbody:first-of-type th[scope="rowgroup"]{padding-top:9px;font-size:10px}
.facts dt,.facts dd{padding:3px 0}
.list li+li{margin-top:2px}
section+section{margin-top:30px}
section>*+*{margin-top:14px}
section>h3{margin-top:22px}
h1,h2,h3,h2+.note,.legend+.note,p:has(+.list),caption,thead,.legend,.kinds{break-after:avoid}
figure,tr,tbody,.stack,.whole,.figures,.legend,.panels,.pairs>*{break-inside:avoid}
.sticky th:first-child,caption span{position:static;background:none}
thead{display:table-header-group}
.scroll{overflow:visible;background:none}
.pairs{gap:18px 24px}
.pairs .compact table{font-size:9.5px}
.pairs .compact th,.pairs .compact td{padding:3px 4px}
}
`.trim();
