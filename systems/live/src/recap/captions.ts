import { sidesInOrder } from '../domain/match.ts'
import type { Match } from '../domain/match.ts'
import type { ShownMoment } from './select-recap.ts'

/** WebVTT over the recap's own time: what is seen, and the score. Cues do not overlap. */
export function recapCaptions(match: Match, moments: readonly ShownMoment[]): string {
  const told = moments.filter(({ text }) => text !== '').toSorted((a, b) => a.fromMs - b.fromMs)
  const cues = told.flatMap((moment, at) => {
    const toMs = Math.min(moment.toMs, told[at + 1]?.fromMs ?? Infinity)
    if (toMs - moment.fromMs < 500) return []
    const lines = [moment.text, scoreLine(match, moment)].filter((line) => line !== '').map(plain)
    return [`${vttTime(moment.fromMs)} --> ${vttTime(toMs)}\n${lines.join('\n')}\n`]
  })
  return ['WEBVTT\n', ...cues].join('\n')
}

function scoreLine(match: Match, { homeScore, awayScore }: ShownMoment): string {
  if (homeScore === null || awayScore === null || match.home === null || match.away === null) return ''
  const scores = { home: homeScore, away: awayScore }
  return sidesInOrder(match)
    .map((side) => `${match[side]?.abbreviation} ${scores[side]}`)
    .join(', ')
}

/** Text without what WebVTT would read as markup, an arrow or the end of a cue. */
const plain = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(/\s+/g, ' ')

function vttTime(ms: number): string {
  const date = new Date(Math.round(ms))
  return date.toISOString().slice(11, 23)
}
