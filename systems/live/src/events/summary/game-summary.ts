import type { Match, Side } from '../../domain/match.ts'
import type { Tag, TagActor } from '../../domain/tag.ts'
import { clockWords, counted, isOfType, ofType, sayFrom, teamName } from './facts.ts'
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
  const margin = counted(Math.abs(last.homeScore - last.awayScore), 'point', 'points')
  return sayFrom(
    `${teamName(match, leader)} ${verb} ${teamName(match, other(leader))} by ${margin}, ${scoreOf(last)}${when}.`,
    [last],
  )
}

/** Tags of points in order of time, one an instant: the one that names who scored. */
function scores(tags: readonly Tag[]): Scored[] {
  const found = ofType(tags, 'score').filter(hasScore)
  return [...Map.groupBy(found, ({ occasion }) => occasion).values()].map(
    (together) => together.toSorted((a, b) => b.importance - a.importance)[0]!,
  )
}

/** What a score was, as a sentence goes on after the scorer's name. */
const scoreWords: readonly (readonly [type: string, words: string])[] = [
  ['score.touchdown', 'touchdown'],
  ['score.field-goal', 'field goal'],
  ['score.extra-point', 'extra point'],
  ['score.two-point', 'two-point conversion'],
  ['score.safety', 'safety'],
  ['score.basket.three', 'three-pointer'],
  ['score.basket.two.dunk', 'dunk'],
  ['score.basket', 'basket'],
  ['score.free-throw', 'free throw'],
]

const scorerRoles: Readonly<Record<string, readonly string[]>> = {
  'score.touchdown.run': ['scorer', 'rusher'],
  'score.touchdown.pass': ['scorer', 'receiver'],
  // The receiver of an interception that came back is whom the pass was meant for.
  'score.touchdown.return': ['scorer', 'interceptor', 'recoverer', 'returner', 'blocker'],
  'score.field-goal': ['kicker'],
  'score.extra-point': ['kicker'],
  'score.two-point': ['receiver', 'rusher'],
}

/** Who made the points; null where the feed names nobody. */
function scorerOf(tag: Tag): TagActor | null {
  if (tag.sport === 'nba') return tag.actors[0] ?? null
  const roles = Object.entries(scorerRoles).find(([type]) => isOfType(tag, type))?.[1] ?? []
  const found = roles.map((role) => tag.actors.find((actor) => actor.role === role))
  return found.find((actor) => actor !== undefined) ?? null
}

/** The turning point: the score by which the winner went ahead for good, with who made it. */
function turningSentence(match: Match, tags: readonly Tag[]): SummarySentence | null {
  const end = ofType(tags, 'match.end').find(hasScore)
  const winner = end && leaderOf(end)
  if (!end || !winner) return null
  const all = scores(tags)
  const behind = all.findLastIndex((tag) => leaderOf(tag) !== winner)
  const turn = all[behind + 1]
  if (!turn?.game) return null
  const what = scoreWords.find(([type]) => isOfType(turn, type))?.[1] ?? 'score'
  const scorer = scorerOf(turn)
  const by = scorer === null ? `A ${what}` : `${scorer.name}’s ${what}`
  const text = `${by} put ${teamName(match, winner)} ahead for good ${clockWords(turn.game)}, ${scoreOf(turn)}.`
  const wire = behind === -1 ? ` ${teamName(match, winner)} never trailed.` : ''
  return sayFrom(text + wire, [turn])
}

/** Who scored most touchdowns, for each side that has any. */
function touchdownScorers(match: Match, tags: readonly Tag[]): SummarySentence[] {
  return (['home', 'away'] as const).flatMap((side) => {
    const byName = Map.groupBy(
      ofType(tags, 'score.touchdown').filter((tag) => scorerOf(tag)?.side === side),
      (tag) => scorerOf(tag)!.name,
    )
    const most = Math.max(0, ...[...byName.values()].map((of) => of.length))
    const best = [...byName].filter(([, of]) => of.length === most)
    // Where many have one each, nobody stands out.
    if (best.length === 0 || best.length > 2) return []
    const names = best.map(([name]) => name).join(' and ')
    const each = best.length > 1 ? ' each' : ''
    return [
      sayFrom(
        `${names} scored ${counted(most, 'touchdown', 'touchdowns')}${each} for ${teamName(match, side)}.`,
        best.flatMap(([, of]) => of),
      ),
    ]
  })
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
    const scorer = scorerOf(tag)
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
  'score.basket.two.dunk': 2,
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
  const short = [resultSentence(match, tags), turningSentence(match, tags), leadSentence(tags)]
  if (match.sport === 'nba') {
    return present([...short, ...scorerSentences(match, tags), ...(isLong ? [runSentence(tags)] : [])])
  }
  return present([
    ...short,
    ...touchdownScorers(match, tags),
    turnoverSentence(tags),
    ...(isLong ? touchdownSentences(match, tags) : []),
  ])
}
