import type { Match, Side } from '../../domain/match.ts'
import { otherSide } from '../../domain/match.ts'
import type { Tag } from '../../domain/tag.ts'
import { soccerMinute } from '../../feeds/clocks/game-clock.ts'
import { counted, isOfType, ofType, sayFrom, teamName } from './facts.ts'
import type { SummarySentence } from './facts.ts'
import { leaderOf } from '../tagger.ts'

type Scored = Tag & { homeScore: number; awayScore: number }

const hasScore = (tag: Tag): tag is Scored => tag.homeScore !== null && tag.awayScore !== null
const leaderAt = ({ homeScore, awayScore }: Scored): Side | null => leaderOf(homeScore, awayScore)
const scoreOf = ({ homeScore, awayScore }: Scored): string =>
  `${Math.max(homeScore, awayScore)}–${Math.min(homeScore, awayScore)}`
const minuteOf = (tag: Tag): string => (tag.game ? ` in minute ${soccerMinute(tag.game)}` : '')

/** Goals in order, own goals too. */
const goalsOf = (tags: readonly Tag[]): Scored[] => ofType(tags, 'score.goal').filter(hasScore)

/** The side that a goal counts for. */
function sideOf(goal: Scored): Side | null {
  const side = goal.actors[0]?.side ?? null
  return side !== null && isOfType(goal, 'score.goal.own') ? otherSide(side) : side
}

/** How it stands or ended. */
function resultSentence(match: Match, tags: readonly Tag[]): SummarySentence | null {
  const end = ofType(tags, 'match.end').find(hasScore)
  const last = end ?? tags.filter(hasScore).at(-1)
  if (!last) return null
  const leader = leaderAt(last)
  if (leader === null) {
    const names = `${teamName(match, 'home')} and ${teamName(match, 'away')}`
    return sayFrom(`${names} ${end ? 'drew' : 'are level'}, ${scoreOf(last)}.`, [last])
  }
  const margin = counted(Math.abs(last.homeScore - last.awayScore), 'goal', 'goals')
  return sayFrom(
    `${teamName(match, leader)} ${end ? 'beat' : 'lead'} ${teamName(match, otherSide(leader))} by ${margin}, ${scoreOf(last)}.`,
    [last],
  )
}

/** The goal by which the winner went ahead for good, or by which a draw came about. */
function turningSentence(match: Match, tags: readonly Tag[]): SummarySentence | null {
  const end = ofType(tags, 'match.end').find(hasScore)
  const goals = goalsOf(tags)
  if (!end || goals.length === 0) return null
  const winner = leaderAt(end)
  const turn =
    winner === null ? goals.at(-1) : goals[goals.findLastIndex((goal) => leaderAt(goal) !== winner) + 1]
  if (!turn) return null
  const side = sideOf(turn)
  const isOwn = isOfType(turn, 'score.goal.own')
  const scorer = turn.actors[0]?.name
  const what = scorer === undefined ? 'A goal' : isOwn ? `An own goal by ${scorer}` : `${scorer}’s goal`
  if (winner !== null)
    return sayFrom(
      `${what} put ${teamName(match, winner)} ahead for good${minuteOf(turn)}, ${scoreOf(turn)}.`,
      [turn],
    )
  // A last goal that left it level is what earned the draw.
  if (side === null || leaderAt(turn) !== null) return null
  return sayFrom(`${what} earned ${teamName(match, side)} the draw${minuteOf(turn)}.`, [turn])
}

/** Who scored for a side, with minutes: `Adeyemi (12, 67) and Novak (90+2)`. */
function scorerSentences(match: Match, tags: readonly Tag[]): SummarySentence[] {
  return (['home', 'away'] as const).flatMap((side) => {
    const goals = goalsOf(tags).filter((goal) => sideOf(goal) === side)
    if (goals.length === 0) return []
    const byName = Map.groupBy(goals, (goal) => {
      const name = goal.actors[0]?.name ?? 'a player'
      return isOfType(goal, 'score.goal.own') ? `${name} by an own goal` : name
    })
    const parts = [...byName].map(([name, of]) => {
      const minutes = of.flatMap(({ game }) => (game ? [soccerMinute(game)] : []))
      return minutes.length === 0 ? name : `${name} (${minutes.join(', ')})`
    })
    const names = parts.length === 1 ? parts[0]! : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)!}`
    return [sayFrom(`For ${teamName(match, side)} scored ${names}.`, goals)]
  })
}

function cardSentence(match: Match, tags: readonly Tag[]): SummarySentence[] {
  return ofType(tags, 'card.red', 'card.second-yellow').flatMap((tag) => {
    const actor = tag.actors[0]
    if (actor?.side == null) return []
    return [sayFrom(`${actor.name} of ${teamName(match, actor.side)} was sent off${minuteOf(tag)}.`, [tag])]
  })
}

/** Shots and corners of both sides. */
function balanceSentence(match: Match, tags: readonly Tag[]): SummarySentence | null {
  const shots = tags.filter(
    (tag) =>
      ['chance', 'score.goal', 'miss.penalty'].some((type) => isOfType(tag, type)) &&
      tag.source === 'feed' &&
      !isOfType(tag, 'score.goal.own'),
  )
  const of = (side: Side) => shots.filter(({ actors }) => actors[0]?.side === side)
  if (shots.length === 0 || shots.some(({ actors }) => actors[0]?.side == null)) return null
  const [home, away] = [of('home').length, of('away').length]
  return sayFrom(
    `${teamName(match, 'home')} had ${counted(home, 'shot', 'shots')}, ${teamName(match, 'away')} ${away}.`,
    shots,
  )
}

/** Sentences on a soccer match, the most telling first. */
export function soccerSentences(match: Match, tags: readonly Tag[], isLong: boolean): SummarySentence[] {
  const comebacks = ofType(tags, 'comeback').map((tag) => sayFrom(tag.text, [tag]))
  const found = [
    resultSentence(match, tags),
    ...scorerSentences(match, tags),
    turningSentence(match, tags),
    ...comebacks,
    ...cardSentence(match, tags),
    ...(isLong ? [balanceSentence(match, tags)] : []),
  ]
  return found.filter((sentence) => sentence !== null)
}
