import type { Blocker, ClearanceReport, FailedCase, RunTrace } from './clearance-report.ts'
import { drawTrace } from './draw-trace.ts'
import { count, number, text } from './html.ts'

const mostListed = 1000

/** The failures that stand in the way: ours beside the reference driver's run of the same case. */
export function renderBlockers({ blockers, blockerCount, reference, version }: ClearanceReport): string {
  if (reference === null) return ''
  const intro = `A blocker is a failure in a case that ${text(reference.name)} drives without it.`
  if (blockers.length === 0) return `<h2>Blockers</h2><p>None. <span class="soft">${intro}</span></p>`
  const shown = blockers.filter(({ ours }) => ours !== null)
  const rest = blockers.filter(({ ours }) => ours === null)
  return `<h2>Blockers: ${count(blockerCount)}</h2><p class="soft">${intro} Seen from above up to the failure: the vehicle under test in blue going right, others in amber; its speed below.</p>${shown.map((one) => card(one, version.name)).join('')}${listOf(rest)}`
}

/** Failures that the reference driver has as well, or that none judged, and what another did. */
export function renderFailures({
  others,
  failures,
  struck,
  blockerCount,
  reference,
}: ClearanceReport): string {
  if (others.length === 0) return ''
  const all = failures - blockerCount
  const ended = struck === 0 ? '' : `, and ${count(struck)} runs that another ended`
  return `<h2>${reference === null ? 'Failures' : 'Failures that the reference driver has too'}: ${count(all)}${ended}</h2>${listOf(others)}`
}

export function listOf(cases: readonly FailedCase[]): string {
  if (cases.length === 0) return ''
  const rows = cases
    .slice(0, mostListed)
    .map(
      (one) =>
        `<tr><td><a href="${text(one.viewer)}">${text(one.one.id)}</a></td><td>${text(one.one.scenarioClass)}</td><td>${text(one.severity ?? 'struck')}</td><td class="why">${text(said(one))}</td><td class="n">${number(one.impactSpeedMps)}</td><td class="n">${number(one.minTtcS)}</td></tr>`,
    )
  const more =
    cases.length > mostListed ? `<p class="soft">${cases.length - mostListed} more in report.json.</p>` : ''
  return `<div class="scroll"><table><thead><tr><th>case</th><th>class</th><th>severity</th><th>what failed</th><th class="n">impact, m/s</th><th class="n">least TTC, s</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>${more}`
}

/** What failed, in the order of time. */
function said({ failures }: FailedCase): string {
  return failures.map(({ timeS, detail }) => `${timeS.toFixed(1)} s: ${detail}`).join(' ')
}

function card(blocker: Blocker, version: string): string {
  const untilS = blocker.failures.reduce((least, { timeS }) => Math.min(least, timeS), Infinity)
  const parameters = Object.entries(blocker.one.parameters)
    .map(([name, value]) => `${name} ${typeof value === 'number' ? Number(value.toPrecision(4)) : value}`)
    .join(', ')
  const side = (name: string, trace: RunTrace | null, words: string) =>
    `<div><h3>${text(name)}: ${text(words)}</h3>${trace === null ? '' : drawTrace(trace, untilS)}</div>`
  return `<section class="card"><h3>${text(blocker.one.id)} <span class="soft">${text(blocker.one.scenarioClass)}${parameters === '' ? '' : `, ${text(parameters)}`}</span></h3><p>${text(said(blocker))}</p><div class="pair">${side(version, blocker.ours, 'failed')}${side(blocker.reference?.version ?? '', blocker.theirs, 'avoids it')}</div><p class="soft"><a href="${text(blocker.viewer)}">Replay it in the console</a> or <code>${text(blocker.command)}</code></p></section>`
}
