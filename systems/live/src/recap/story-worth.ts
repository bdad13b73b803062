import type { RecapMoment } from './moments.ts'

const ofPeriod = 0.5
const ofPeriodScore = 0.3
const ofPlayer = 0.2
/** Of each lead change: however many there were, they are how the score came about. */
const ofLeadChange = 0.5
/** Share of a moment that is lost on a viewer who has just seen one like it. */
const ofRepeat = 0.4

/**
 * What a set of moments, in order of time, tells together. Returns diminish: the third three-pointer is worth less than
 * the first, one right after another less again; and it pays to show every period, how its score came about, and each of
 * the players who decide the match.
 */
export function storyWorth(moments: readonly RecapMoment[]): number {
  let worth = 0
  const byType = new Map<string, number[]>()
  const told = new Set<string>()
  const tell = (what: string, value: number) => {
    if (told.has(what)) return
    told.add(what)
    worth += value
  }
  for (const [at, moment] of moments.entries()) {
    const alike = byType.get(moment.type)
    if (alike) alike.push(moment.worth)
    else byType.set(moment.type, [moment.worth])
    if (moments[at - 1]?.type === moment.type) worth -= ofRepeat * moment.worth
    if (moment.period !== null) {
      tell(`period ${moment.period}`, ofPeriod)
      if (moment.reasons.includes('score')) tell(`score ${moment.period}`, ofPeriodScore)
    }
    if (moment.reasons.includes('lead-change')) worth += ofLeadChange
    for (const id of moment.actorIds) tell(`actor ${id}`, ofPlayer)
  }
  for (const worths of byType.values())
    for (const [rank, each] of worths.toSorted((a, b) => b - a).entries()) worth += each / (1 + 0.5 * rank)
  return worth
}
