import type { Tag } from '../domain/tag.ts'

/** Home side's chance to win at a time. */
export interface WinChance {
  atMs: number
  home: number
}

/** Why a moment is in a recap. */
export type RecapReason =
  | 'opening'
  | 'clutch-lead-change'
  | 'lead-change'
  | 'swing'
  | 'score'
  | 'key-player'
  | 'notable'
  | 'now'

/** What happened at one instant: all tags of it together. */
export interface RecapMoment {
  /** Event time from the lead-in to the lead-out. */
  startMs: number
  endMs: number
  /** Type of the tag that the feed states, else of the one that tells most: moments of one type look alike. */
  type: string
  /** Importance, raised by what the moment did to the chance to win and by how rare it is. */
  worth: number
  /** Of its most important tag, 0..1. */
  importance: number
  period: number | null
  actorIds: string[]
  text: string
  homeScore: number | null
  awayScore: number | null
  reasons: RecapReason[]
  /** Must be in whenever the time allows. */
  isNeeded: boolean
}

/** Tags below this are filler: substitutions, laps, rebounds. */
const leastImportance = 0.06
/** A change of the chance to win that is told as a swing. */
const tellingSwing = 0.08
/** Clutch time: the last five minutes of the last quarter (soccer: ten of the second half, and what is added), and overtime. */
const clutchSeconds = { nfl: 300, nba: 300, soccer: 600 }
const lastPeriod = { nfl: 4, nba: 4, soccer: 2 }
const keyPlayers = 5

const is = (tag: Tag, type: string): boolean => tag.type === type || tag.type.startsWith(`${type}.`)

function isClutch(tag: Tag): boolean {
  if (tag.game === null || tag.sport === 'race') return false
  const { period, secondsLeft } = tag.game
  const last = lastPeriod[tag.sport]
  return period > last || (period === last && secondsLeft <= clutchSeconds[tag.sport])
}

/** The lead changes in clutch time: what a recap must not miss. */
export const isClutchLeadChange = (tag: Tag): boolean => is(tag, 'lead-change') && isClutch(tag)

/** Touchdowns of the last quarter and overtime: there are never many, and the result comes of them. */
export const isLateTouchdown = (tag: Tag): boolean =>
  is(tag, 'score.touchdown') && tag.game !== null && tag.game.period >= lastPeriod.nfl

/** Goals are so few that a recap holds each of them. */
export const isGoal = (tag: Tag): boolean => is(tag, 'score.goal')

/**
 * Moments in order of time, of the tags that are worth showing. Tags of one instant (a basket, the lead change that it
 * makes) are one moment. Chances to win are in order of time; with none, importance alone counts.
 */
export function momentsOf(tags: readonly Tag[], chances: readonly WinChance[]): RecapMoment[] {
  const telling = tags
    .filter(({ importance }) => importance >= leastImportance)
    .toSorted((a, b) => a.startMs - b.startMs || b.importance - a.importance || (a.id < b.id ? -1 : 1))
  const counts = new Map<string, number>()
  for (const { type } of telling) counts.set(type, (counts.get(type) ?? 0) + 1)
  const stars = new Set(topActors(telling))
  const instants = [...Map.groupBy(telling, ({ startMs, endMs }) => `${startMs} ${endMs}`).values()]
  return instants.map((together) => {
    const main = together[0]!
    const swing = swingOf(chances, main.startMs, main.endMs)
    const kind = (together.find(({ source }) => source === 'feed') ?? main).type
    const rarity = 1 / Math.sqrt(counts.get(kind) ?? 1)
    const isLeadChange = together.some((tag) => is(tag, 'lead-change'))
    const isClutchLead = together.some(isClutchLeadChange)
    const isNeeded = isClutchLead || together.some((tag) => isLateTouchdown(tag) || isGoal(tag))
    const actorIds = [...new Set(together.flatMap(({ actors }) => actors.map(({ id }) => id)))].filter((id) =>
      stars.has(id),
    )
    const reasons: RecapReason[] = []
    if (isClutchLead) reasons.push('clutch-lead-change')
    else if (isLeadChange) reasons.push('lead-change')
    if (swing >= tellingSwing) reasons.push('swing')
    if (together.some((tag) => is(tag, 'score'))) reasons.push('score')
    if (actorIds.length > 0) reasons.push('key-player')
    if (reasons.length === 0) reasons.push('notable')
    const last = together.findLast(({ homeScore }) => homeScore !== null)
    return {
      startMs: main.startMs,
      endMs: main.endMs,
      type: kind,
      worth: (main.importance + 3 * swing) * (0.7 + 0.6 * rarity),
      importance: main.importance,
      period: main.game?.period ?? null,
      actorIds,
      text: textOf(together),
      homeScore: last?.homeScore ?? null,
      awayScore: last?.awayScore ?? null,
      reasons,
      isNeeded,
    }
  })
}

/** What the feed says of the instant, then what was found in it if that tells more than the play itself. */
function textOf(together: readonly Tag[]): string {
  const stated = together.find(({ source }) => source === 'feed')
  const found = together.find(
    ({ source, importance }) => source !== 'feed' && importance >= (stated?.importance ?? 0),
  )
  const texts = [stated, found].flatMap((tag) => (tag === undefined ? [] : [tag.text.trim()]))
  return [...new Set(texts)].map((text) => (/[.!?]$/.test(text) ? text : `${text}.`)).join(' ')
}

function topActors(tags: readonly Tag[]): string[] {
  const sums = new Map<string, number>()
  for (const { actors, importance } of tags)
    for (const { id } of actors) sums.set(id, (sums.get(id) ?? 0) + importance)
  return [...sums]
    .toSorted(([a, sumA], [b, sumB]) => sumB - sumA || (a < b ? -1 : 1))
    .slice(0, keyPlayers)
    .map(([id]) => id)
}

/** How far the chance to win moved from before the moment until shortly after it, 0..1. */
function swingOf(chances: readonly WinChance[], startMs: number, endMs: number): number {
  const before = chances.findLast(({ atMs }) => atMs <= startMs)
  const after = chances.findLast(({ atMs }) => atMs <= endMs)
  return before && after ? Math.abs(after.home - before.home) : 0
}
