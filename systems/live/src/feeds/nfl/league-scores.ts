import { isObject, textOf } from '../read-source.ts'
import { has } from './league-play.ts'
import type { LeaguePlay } from './league-play.ts'
import { statIds } from './stat-ids.ts'

export interface Points {
  home: number
  away: number
}

export interface Score {
  team: string
  points: number
  /** Points of the try after a touchdown, where the summary tells them; null when it is not known. */
  tryPoints: number | null
}

/** Points of the try from the summary's words: `(S.Graham kick is good)`, `(pass failed)`, `(J.Doe run)`. */
function tryPointsFromWords(description: string): number | null {
  const words = /\(([^()]*)\)/.exec(description)?.[1]
  if (words === undefined) return null
  if (/fail|blocked|no good|aborted|incomplete/i.test(words)) return 0
  if (/kick/i.test(words)) return 1
  return /\b(run|pass|return|rush)/i.test(words) ? 2 : null
}

const pointsByType: Readonly<Record<string, number>> = { TD: 6, FG: 3, SAF: 2 }

/** The game centre's summary of scores by play; null when the feed has none. */
export function summaryScores(summary: unknown): Map<string, Score> | null {
  if (!isObject(summary)) return null
  const scores = new Map<string, Score>()
  for (const [playId, entry] of Object.entries(summary)) {
    if (!isObject(entry)) continue
    const words = textOf(entry['desc'])
    // Some safeties are typed as touchdowns; their words are right.
    const type = /for a safety/i.test(words) ? 'SAF' : textOf(entry['type'])
    const points = pointsByType[type]
    const team = textOf(entry['team'])
    if (points === undefined || team === '') continue
    scores.set(playId, { team, points, tryPoints: type === 'TD' ? tryPointsFromWords(words) : null })
  }
  return scores.size === 0 ? null : scores
}

function statScore(play: LeaguePlay): Score | null {
  const team = (ids: ReadonlySet<number>) =>
    play.stats.find((stat) => ids.has(stat.statId) && stat.team !== null)?.team ?? null
  for (const [ids, points] of [
    [statIds.touchdown, 6],
    [statIds.fieldGoalMade, 3],
    [statIds.safety, 2],
  ] as const) {
    const scorer = team(ids)
    if (scorer !== null) return { team: scorer, points, tryPoints: null }
  }
  return null
}

const isTry = (play: LeaguePlay) => play.playType === 'extra_point' || play.playType === 'two_point'

/** The try after the touchdown at `index`: the last one before play goes on; -1 where the feed leaves it out. */
function tryAfter(plays: readonly LeaguePlay[], index: number): number {
  let found = -1
  for (let next = index + 1; next < plays.length; next++) {
    const play = plays[next]!
    if (isTry(play)) found = next
    else if (!['timeout', 'no_play', 'other', 'period_end'].includes(play.playType)) break
  }
  return found
}

const statTryPoints = (play: LeaguePlay): number =>
  has(play, statIds.extraPointGood) ? 1 : has(play, statIds.twoPointGood) ? 2 : 0

/**
 * Points of each play. The league's documents keep no running score. Their summary of scores is the word of the statisticians,
 * so it (`stated`) decides where there is one (a touchdown that a penalty took back keeps its statistics on some plays); else the
 * statistics do. Some rows of tries are missing, most after returns: such a point counts with its touchdown.
 */
export function pointsOfPlays(
  plays: readonly LeaguePlay[],
  stated: ReadonlyMap<string, Score> | null,
  teams: { home: string; away: string },
): Points[] {
  const points: Points[] = plays.map(() => ({ home: 0, away: 0 }))
  const add = (index: number, team: string, amount: number) => {
    const at = points[index]!
    if (team === teams.home) at.home += amount
    else if (team === teams.away) at.away += amount
  }
  for (const [index, play] of plays.entries()) {
    const score = stated ? stated.get(play.id) : statScore(play)
    if (!score) continue
    add(index, score.team, score.points)
    if (score.points !== 6) continue
    const at = tryAfter(plays, index)
    const attempt = plays[at]
    const tryPoints = score.tryPoints ?? (attempt ? statTryPoints(attempt) : 0)
    add(at === -1 ? index : at, score.team, tryPoints)
  }
  return points
}
