import { escapeHtml } from '@heavylift/core/text'
import type { GameDay } from './game-days.ts'
import { weaknessKinds } from './weakness.ts'

const width = 960
const height = 160

/** The report of a game day as one HTML file that needs nothing else and prints well. */
export function gameDayHtml(day: GameDay): string {
  const { report } = day
  const verdict =
    report.holds === null
      ? 'Whether the hypothesis stands is not known'
      : report.holds
        ? 'The hypothesis stands'
        : 'The hypothesis does not stand'
  const rows = report.findings.map(
    (one) =>
      `<tr><td><strong>${e(one.kind)}</strong><br><small>${e(weaknessKinds[one.kind])}</small></td><td>${e(one.at)}</td><td>${e(one.evidence)}</td><td>${e(day.owner)}</td></tr>`,
  )
  const phases = report.phases.map(
    (phase) =>
      `<tr><td>${e(phase.name)}</td><td>${at(phase.fromMs)} to ${at(phase.toMs)}</td><td>${phase.good} of ${phase.asked}</td><td>${phase.objectives
        .map((one) => `${one.isMet ? '✓ held' : '✗ broken'}: ${e(one.name)} ${valueOf(one)}`)
        .join('<br>')}</td></tr>`,
  )
  const events = report.events.map(
    (one) =>
      `<tr><td>${at(one.atMs)}</td><td>${one.isOn ? 'begins' : 'ends'}</td><td>${e(one.what)}</td><td>${e(one.on)}</td></tr>`,
  )
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${e(day.name)}</title>
<style>
body{font:15px/1.5 system-ui,sans-serif;max-width:${width}px;margin:2rem auto;padding:0 1rem;color:#1c2024;background:#fff}
h1{margin-bottom:0}h2{margin-top:2rem;border-bottom:1px solid #d5d9de}table{border-collapse:collapse;width:100%}
td,th{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #e6e8eb}td{font-variant-numeric:tabular-nums}
small{color:#60646c}.bad{color:#b3261e}.good{color:#1a7f37}svg{width:100%;height:auto}
@media print{body{margin:0}h2{break-after:avoid}tr{break-inside:avoid}}
</style></head><body>
<h1>${e(day.name)}</h1>
<p><small>${e(day.target)} · ${new Date(day.startedAtMs).toISOString()} · owner: ${e(day.owner)}${day.isSample ? ' · sample' : ''}</small></p>
<p><strong>Hypothesis.</strong> ${e(day.hypothesis)}</p>
<p class="${report.holds === true ? 'good' : 'bad'}"><strong>${verdict}.</strong> ${report.findings.length} ${report.findings.length === 1 ? 'weakness' : 'weaknesses'} found${report.made > 0 ? ` by ${report.made} experiments` : ''}; ${day.state}${report.abortedBy === null ? '' : ` by ${report.abortedBy}`}${day.problem === null ? '' : `: ${e(day.problem)}`}.</p>
<h2>What broke</h2>
${rows.length === 0 ? '<p>Nothing.</p>' : `<table><thead><tr><th>Weakness</th><th>Where</th><th>Evidence</th><th>Owner</th></tr></thead><tbody>${rows.join('')}</tbody></table>`}
<h2>Requests, and faults as bands</h2>
${chart(day)}
<h2>Phases</h2>
<table><thead><tr><th>Phase</th><th>When</th><th>Good answers</th><th>Objectives</th></tr></thead><tbody>${phases.join('')}</tbody></table>
<h2>Timeline</h2>
<table><thead><tr><th>At</th><th></th><th>Fault</th><th>On</th></tr></thead><tbody>${events.join('')}</tbody></table>
${report.left.length === 0 ? '' : `<h2>Not judged</h2><ul>${report.left.map((one) => `<li>${e(one)}</li>`).join('')}</ul>`}
</body></html>
`
}

const e = escapeHtml
const at = (ms: number) => `${(ms / 1000).toFixed(1)} s`

function valueOf({ kind, value, goal }: GameDay['report']['phases'][number]['objectives'][number]): string {
  if (value === null) return kind === 'ratio' ? '(nothing asked)' : `(no answer; goal ≤ ${goal} ms)`
  return kind === 'ratio'
    ? `${(100 * value).toFixed(1)} % (goal ≥ ${(100 * goal).toFixed(1)} %)`
    : `${value.toFixed(0)} ms (goal ≤ ${goal} ms)`
}

/** Good answers upwards in green, others on top in red, and a band for each fault. */
function chart({ report }: GameDay): string {
  const { seconds, events } = report
  // The search for weaknesses asks in its own way; what it did stands in the timeline.
  const lastMs = 1000 * Math.max(seconds.length, 1)
  const most = Math.max(1, ...seconds.map(({ asked }) => asked))
  const x = (ms: number) => (ms / lastMs) * width
  const y = (count: number) => (count / most) * (height - 30)
  const bands = events
    .filter(({ isOn, atMs }) => isOn && atMs < lastMs)
    .map((one) => {
      const end = events.find(
        (other) => !other.isOn && other.on === one.on && other.what === one.what && other.atMs >= one.atMs,
      )
      const toMs = Math.min(lastMs, end?.atMs ?? lastMs)
      return `<rect x="${x(one.atMs).toFixed(1)}" y="0" width="${Math.max(1, x(toMs) - x(one.atMs)).toFixed(1)}" height="${height - 20}" fill="#b3261e" opacity="0.1"><title>${e(`${one.what} on ${one.on}`)}</title></rect>`
    })
  const bars = seconds.map((second, index) => {
    const left = x(1000 * index)
    const w = Math.max(1, x(1000) - 1)
    const good = y(second.good)
    const rest = y(second.asked - second.good)
    const base = height - 20
    return `<rect x="${left.toFixed(1)}" y="${(base - good).toFixed(1)}" width="${w.toFixed(1)}" height="${good.toFixed(1)}" fill="#1a7f37"/><rect x="${left.toFixed(1)}" y="${(base - good - rest).toFixed(1)}" width="${w.toFixed(1)}" height="${rest.toFixed(1)}" fill="#b3261e"/>`
  })
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Good and failed requests by the second, at most ${most} a second, with faults as bands">${bands.join('')}${bars.join('')}<text x="0" y="${height - 4}" font-size="12">0 s</text><text x="${width}" y="${height - 4}" font-size="12" text-anchor="end">${at(lastMs)}</text><text x="${width / 2}" y="${height - 4}" font-size="12" text-anchor="middle">${most} requests/s; green good, red failed; bands: a fault is on</text></svg>`
}
