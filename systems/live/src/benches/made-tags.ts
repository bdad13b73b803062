import { createRandom } from '@heavylift/core'
import type { Random } from '@heavylift/core'
import type { Tag } from '../domain/tag.ts'
import { eventTypes } from '../events/taxonomy.ts'

export const tagsPerMatch = 400
export const madePlayers = 4000
const firstNames = [
  'Ada',
  'Ben',
  'Cleo',
  'Dan',
  'Eve',
  'Finn',
  'Gus',
  'Hal',
  'Ida',
  'Jon',
  'Kit',
  'Lou',
  'Max',
  'Ned',
]
const syllables = [
  'bar',
  'con',
  'del',
  'fen',
  'gor',
  'hol',
  'kar',
  'lam',
  'mon',
  'nor',
  'pel',
  'ros',
  'sten',
  'tor',
  'val',
  'wen',
]
const leaves = eventTypes.filter(({ type }) => !eventTypes.some((other) => other.type.startsWith(`${type}.`)))
const closings = [
  'for 3 yards',
  'to the 20 yard line',
  'on third down',
  'after a review',
  'near the sideline',
  'in traffic',
]

export function playerName(player: number): string {
  const at = (step: number) => syllables[Math.floor(player / step) % syllables.length] ?? ''
  return `${firstNames[player % firstNames.length] ?? ''} ${at(1)}${at(16)}${at(256)}`
}

/** The rank of a thing among `count` whose frequency falls as 1/rank. */
function zipf(random: Random, count: number): number {
  return Math.min(count - 1, Math.floor(count ** random.next()) - 1)
}

/**
 * Made tags, match after match: types and players by a falling frequency, so that some are on every page and some on few;
 * the word "leatherhead" is in the first tenth of matches only, as a word is that went out of use, and "dropkick" hardly
 * ever thereafter.
 */
export function* madeTags(count: number, key: string): Generator<Tag> {
  const random = createRandom(key)
  for (let n = 0; n < count; n++) {
    const match = Math.floor(n / tagsPerMatch)
    const within = n % tagsPerMatch
    const entry = leaves[zipf(random, leaves.length)] ?? leaves[0]!
    const players = [zipf(random, madePlayers), zipf(random, madePlayers)]
    const closing = random.pick(closings)
    const isOld = n < count / 10
    const old = isOld && random.chance(0.5) ? ' leatherhead' : ''
    const uneven = (isOld ? random.chance(0.5) : match % 100 === 0 && within === 0) ? ' dropkick' : ''
    const startMs = Date.UTC(2010, 0, 1) + match * 3_600_000 * 6 + within * 25_000
    yield {
      id: `tag_${n.toString(36).padStart(8, '0')}`,
      matchId: `m${match}`,
      sport: (['nfl', 'nba', 'race'] as const)[match % 3] ?? 'nfl',
      type: entry.type,
      occasion: String(within),
      startMs,
      endMs: startMs + 8000,
      game: { period: 1 + Math.floor(within / 100), secondsLeft: 900 - (within % 100) * 9 },
      actors: players.map((player, at) => ({
        id: `p${player}`,
        name: playerName(player),
        role: at === 0 ? 'passer' : 'receiver',
        side: 'home' as const,
      })),
      importance: Math.round(Math.min(1, entry.weight * (0.5 + random.next())) * 1000) / 1000,
      confidence: 1,
      source: 'feed',
      text: `${entry.title} by ${playerName(players[0] ?? 0)} ${closing}${old}${uneven}.`,
      homeScore: 0,
      awayScore: 0,
      sourceRef: `made#${n}`,
    }
  }
}
