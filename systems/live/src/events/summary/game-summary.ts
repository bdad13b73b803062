import type { Match, Side } from '../../domain/match.ts'
import type { Tag } from '../../domain/tag.ts'
import { clockWords, counted, ofType, sayFrom, teamName } from './facts.ts'
import type { SummarySentence } from './facts.ts'

type Scored = Tag & { homeScore: number; awayScore: number }

const hasScore = (tag: Tag): tag is Scored => tag.homeScore !== null && tag.awayScore !== null

const leaderOf = ({ homeScore, awayScore }: Scored): Side | null =>
  homeScore > awayScore ? 'home' : homeScore < awayScore ? 'away' : null

const other = (side: Side): Side => (side === 'home' ? 'away' : 'home')

const scoreOf = (tag: Scored): string =>
  `${Math.max(tag.homeScore, tag.awayScore)}–${Math.min(tag.homeScore, tag.awayScore)}`

/** How it stands or ended. */
function resultSentence(match: Match, tags: readonly Tag[]): SummarySentence | null {
  const end = ofType(tags, 'match.end').find(hasScore)
  const last = end ?? tags.filter(hasScore).at(-1)
  if (!last) return null
  const leader = leaderOf(last)
  const when = end || !last.game ? '' : ` ${clockWords(last.game)}`
  if (leader === null) {
    const names = `${teamName(match, 'home')} and ${teamName(match, 'away')}`
    return sayFrom(`${names} ${end ? 'finished' : 'are'} level, ${scoreOf(last)}${when}.`, [last])
  }
  const verb = end ? 'beat' : 'lead'
  return sayFrom(
    `${teamName(match, leader)} ${verb} ${teamName(match, other(leader))} ${scoreOf(last)}${when}.`,
    [last],
  )
}

/** The lead change after which nobody else led. */
function deciderSentence(match: Match, tags: readonly Tag[]): SummarySentence | null {
  if (ofType(tags, 'match.end').length === 0) return null
  const change = ofType(tags, 'lead-change').findLast(hasScore)
  const leader = change && leaderOf(change)
  if (!change?.game || !leader) return null
  const drawn = tags.some((tag) => tag.type === 'tie' && tag.startMs > change.startMs)
  // After a later tie it was another score that decided.
  if (drawn) return null
  return sayFrom(
    `${teamName(match, leader)} went ahead for good ${clockWords(change.game)}, ${scoreOf(change)}.`,
    [change],
  )
}

function leadSentence(tags: readonly Tag[]): SummarySentence | null {
  const changes = ofType(tags, 'lead-change')
  const ties = ofType(tags, 'tie')
  if (changes.length + ties.length === 0) return null
  const times = `The lead changed hands ${changes.length === 1 ? 'once' : `${changes.length} times`}`
  const level =
    ties.length === 0 ? '' : `, and it was level ${ties.length === 1 ? 'once' : `${ties.length} times`}`
  return sayFrom(`${times}${level}.`, [...changes, ...ties])
}

/** One sentence a touchdown, with who scored and the score after it. */
function touchdownSentences(match: Match, tags: readonly Tag[]): SummarySentence[] {
  return ofType(tags, 'score.touchdown').flatMap((tag) => {
    if (!hasScore(tag) || !tag.game) return []
    const roles =
      tag.type === 'score.touchdown.run'
        ? ['scorer', 'rusher']
        : ['scorer', 'receiver', 'interceptor', 'recoverer', 'returner']
    const scorer = roles
      .map((role) => tag.actors.find((actor) => actor.role === role))
      .find((actor) => actor !== undefined)
    const passer =
      tag.type === 'score.touchdown.pass' ? tag.actors.find((actor) => actor.role === 'passer') : undefined
    const who = scorer
      ? `${scorer.name} scored${passer ? ` on a pass from ${passer.name}` : ''}`
      : 'A touchdown came'
    const score = `${teamName(match, 'away')} ${tag.awayScore}, ${teamName(match, 'home')} ${tag.homeScore}`
    return [sayFrom(`${who} ${clockWords(tag.game)}: ${score}.`, [tag])]
  })
}

function turnoverSentence(tags: readonly Tag[]): SummarySentence | null {
  const interceptions = ofType(tags, 'turnover.interception')
  const fumbles = ofType(tags, 'turnover.fumble')
  const all = [...interceptions, ...fumbles]
  if (all.length === 0) return null
  const parts = [
    ...(interceptions.length > 0 ? [counted(interceptions.length, 'interception', 'interceptions')] : []),
    ...(fumbles.length > 0 ? [counted(fumbles.length, 'lost fumble', 'lost fumbles')] : []),
  ]
  return sayFrom(`The ball was given away by ${parts.join(' and ')}.`, all)
}

const basketPoints: Readonly<Record<string, number>> = {
  'score.basket.two': 2,
  'score.basket.three': 3,
  'score.free-throw': 1,
}

/** Each side's best scorer, counted from the tags of his points. */
function scorerSentences(match: Match, tags: readonly Tag[]): SummarySentence[] {
  return (['home', 'away'] as const).flatMap((side) => {
    const byPlayer = new Map<string, { name: string; points: number; tags: Tag[] }>()
    for (const tag of tags) {
      const points = basketPoints[tag.type]
      const [scorer] = tag.actors
      if (points === undefined || scorer?.side !== side) continue
      const entry = byPlayer.get(scorer.id) ?? { name: scorer.name, points: 0, tags: [] }
      entry.points += points
      entry.tags.push(tag)
      byPlayer.set(scorer.id, entry)
    }
    const best = [...byPlayer.values()].toSorted((a, b) => b.points - a.points)[0]
    return best
      ? [sayFrom(`${best.name} scored ${best.points} for ${teamName(match, side)}.`, best.tags)]
      : []
  })
}

function runSentence(tags: readonly Tag[]): SummarySentence | null {
  const runs = ofType(tags, 'scoring-run')
  if (runs.length === 0) return null
  return sayFrom(
    `There ${runs.length === 1 ? 'was 1 run' : `were ${runs.length} runs`} of 10 or more unanswered points.`,
    runs,
  )
}

const present = (sentences: readonly (SummarySentence | null)[]): SummarySentence[] =>
  sentences.filter((sentence) => sentence !== null)

/** Sentences on an NFL or NBA game, the most telling first. */
export function gameSentences(match: Match, tags: readonly Tag[], isLong: boolean): SummarySentence[] {
  const short = [resultSentence(match, tags), deciderSentence(match, tags), leadSentence(tags)]
  if (match.sport === 'nba') {
    return present([...short, ...scorerSentences(match, tags), ...(isLong ? [runSentence(tags)] : [])])
  }
  return present([...short, turnoverSentence(tags), ...(isLong ? touchdownSentences(match, tags) : [])])
}
