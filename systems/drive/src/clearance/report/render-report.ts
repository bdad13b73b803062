import { renderBlockers, renderFailures } from './render-failures.ts'
import { renderComparison, renderCoverage } from './render-tables.ts'
import type { Severity } from '../run/severity.ts'
import type { ClearanceReport } from './clearance-report.ts'
import { drawClasses } from './draw-classes.ts'
import { drawDistribution } from './draw-distribution.ts'
import { drawMap } from './draw-map.ts'
import { count, number, percent, text } from './html.ts'
import { reportStyle } from './report-style.ts'

const mostMaps = 12

/** The report as one HTML file that needs nothing else: no script, no font, no picture from outside. */
export function renderReport(report: ClearanceReport): string {
  const { version, suite } = report
  const title = `Clearance of ${version.name} on ${suite.name}: ${report.verdict}`
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${text(title)}</title><style>${reportStyle}</style></head>
<body><main>
<h1>Clearance of ${text(version.name)}</h1>
<p class="soft">${text(version.summary)} Suite ${text(suite.name)}, ${count(suite.n)} cases, ${text(report.createdAt.slice(0, 16).replace('T', ' '))} UTC.</p>
${verdict(report)}
${figures(report)}
<h2>Failures of each class, against its limit</h2>
<p class="soft">Bar: exact bounds at ${percent(report.limits.confidence)}, one-sided each; dot: observed rate; dashed: limit. What was not run often enough has a wide bar.</p>
<div class="scroll">${drawClasses(report.classes, report.limits.confidence)}</div>
${sequential(report)}
${renderBlockers(report)}
${renderComparison(report)}
<h2>What of the operational domain was driven</h2>
<p class="soft">Runs, and failures where there were any. Hatched: not tested, so nothing is claimed there.</p>
${renderCoverage(report)}
<h2>How close it came</h2>
<p class="soft">Passed runs grey, failed ones red on top; heights on a square-root scale.</p>
<div class="many">${report.distributions.map(drawDistribution).join('')}</div>
<h2>Where in the parameters it fails</h2>
<p class="soft">Each scenario over the two parameters that part failures best. Dot: passed; cross: failed; ringed: failed where the reference driver passed.</p>
<div class="many">${report.maps.slice(0, mostMaps).map(drawMap).join('')}</div>
${report.maps.length > mostMaps ? `<p class="soft">${report.maps.length - mostMaps} more scenarios are in report.json.</p>` : ''}
${renderFailures(report)}
<h2>Claims</h2>
${claims(report)}
<h2>What repeats this report</h2>
${evidence(report)}
</main></body></html>
`
}

const verdictLooks = {
  cleared: ['good', '✓ Cleared'],
  'not cleared': ['bad', '✕ Not cleared'],
  undecided: ['warn', '… Undecided'],
} as const

function verdict({ verdict, headline, reasons }: ClearanceReport): string {
  const items = reasons.slice(0, 8).map((reason) => `<li>${text(reason)}</li>`)
  const more = reasons.length > 8 ? `<li>and ${reasons.length - 8} more, below.</li>` : ''
  const [tone, word] = verdictLooks[verdict]
  return `<section class="verdict ${tone}"><strong>${word}</strong><p>${text(headline)}</p><ul>${items.join('')}${more}</ul></section>`
}

const severityWords: Record<Severity, string> = {
  collision: 'collisions of its own',
  breakdown: 'breakdowns of the driver',
  rule: 'broke a rule at worst',
  progress: 'got nowhere at worst',
  comfort: 'were uncomfortable at worst',
}

function figures(report: ClearanceReport): string {
  const all: [string, string][] = [
    [count(report.n), 'cases'],
    [
      count(report.failures),
      `failures, ${percent(report.n === 0 ? NaN : report.failures / report.n)} of the runs`,
    ],
    ...report.severities
      .filter(({ failures }) => failures > 0)
      .map(({ severity, failures }): [string, string] => [count(failures), severityWords[severity]]),
    [count(report.struck), 'runs that another ended by driving into it'],
    [count(report.blockerCount), report.reference === null ? 'blockers (not judged)' : 'blockers'],
    [
      `≤ ${percent(Math.min(1, report.overall.upper))}`,
      'of encounters fail: each class weighs as often as it is met, so this is no bound of the share of the runs',
    ],
    [number(report.drivenH), 'hours driven'],
    [number(report.rssViolationSPerHour, 0), 's an hour below RSS distances'],
  ]
  return `<section class="figures">${all.map(([value, label]) => `<div class="figure"><b>${text(value)}</b><span>${text(label)}</span></div>`).join('')}</section>`
}

function sequential({ classes }: ClearanceReport): string {
  const words = { 'within-limit': '✓ within', 'above-aim': '✕ above its aim', undecided: '… undecided' }
  const rows = classes.map(
    ({ scenarioClass, exposure, importance, sequential: test, ttc, blockers, errors }) => {
      const size = importance === null ? '' : `, effective ${count(importance.effectiveN)}`
      return `<tr><td>${text(scenarioClass)}</td><td class="n">${percent(exposure)}${text(size)}</td><td class="n">${count(blockers)}</td><td class="n">${count(errors)}</td><td class="n">${ttc === null ? '–' : `${number(ttc.least)} / ${number(ttc.low)} / ${number(ttc.median)}`}</td><td>${words[test.state]}</td><td class="n">${test.pValue.toPrecision(2)}</td><td class="why">${text(test.reason)}</td></tr>`
    },
  )
  return `<div class="scroll"><table><thead><tr><th>class</th><th class="n">exposure</th><th class="n">blockers</th><th class="n">not run</th><th class="n">TTC in s: least / 5 % / median</th><th>sequential test</th><th class="n">p, anytime</th><th>why it stopped</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`
}

const claimLooks = {
  holds: ['good', '✓ holds'],
  broken: ['bad', '✕ does not hold'],
  undecided: ['warn', '… not shown'],
} as const

function claims({ claims: all }: ClearanceReport): string {
  const rows = all.map(
    ({ statement, evidence: why, state }) =>
      `<tr><td class="${claimLooks[state][0]}">${claimLooks[state][1]}</td><td>${text(statement)}</td><td>${text(why)}</td></tr>`,
  )
  return `<table><thead><tr><th></th><th>claim</th><th>evidence</th></tr></thead><tbody>${rows.join('')}</tbody></table><p class="soft">These are claims about simulated runs with their evidence. They hold for these scenarios, this simulator and these models of the world; whether a rule or a regulation is met is for whoever answers for the release to say. Others drive by models, not as people do: <code>npx heavylift eval drive.realism --data DIR</code> says on recorded traffic how near they come.</p>`
}

function evidence(report: ClearanceReport): string {
  const { version, suite, reference, comparison, seeds } = report
  const rows: [string, string][] = [
    ['version', `${version.name} ${version.hash}`],
    ['reference driver', reference === null ? 'none' : `${reference.name} ${reference.hash}`],
    ['against', comparison === null ? 'nothing' : `${comparison.against.name} ${comparison.against.hash}`],
    ['suite', `${suite.name} ${suite.hash}`],
    ['code', report.code],
    ['seeds', `${seeds.least} to ${seeds.most}`],
    ['digest of all states', report.digest],
    [
      'command',
      `npx heavylift drive clear ${version.name} --suite ${suite.name}${comparison === null ? '' : ` --against ${comparison.against.name}`}`,
    ],
  ]
  return `<table><tbody>${rows.map(([name, value]) => `<tr><th>${text(name)}</th><td><code>${text(value)}</code></td></tr>`).join('')}</tbody></table>`
}
