import type { Random } from '@heavylift/core'
import type { TagQuery, TagOrder } from '../events/store/tag-query.ts'
import { madePlayers, playerName, tagsPerMatch } from './made-tags.ts'

export interface Question {
  kind: string
  query: TagQuery
  order: TagOrder
  /** Begins this far into the answer's time span, 0..1; null at the first page. */
  depth: number | null
}

/** Questions of each kind that users ask, and of kinds that are hard for an index, `each` of every kind. */
export function madeQuestions(tags: number, each: number, random: Random): Question[] {
  const player = () => random.int(0, madePlayers - 1)
  const famous = () => random.int(0, 7)
  const match = () => `m${random.int(0, Math.floor((tags - 1) / tagsPerMatch))}`
  const kinds: Record<string, () => Partial<Question>> = {
    newest: () => ({}),
    commonType: () => ({ query: { types: ['score'] } }),
    rareType: () => ({ query: { types: ['record.fastest-lap'] } }),
    typeInMatch: () => ({ query: { matchId: match(), types: ['turnover'] } }),
    famousPlayer: () => ({ query: { actorId: `p${famous()}` } }),
    rarePlayer: () => ({ query: { actorId: `p${player()}` } }),
    commonWord: () => ({ query: { text: 'yards' } }),
    commonWordRarePlayer: () => ({ query: { text: `yards ${playerName(player())}` } }),
    phrase: () => ({ query: { text: `"third down" ${playerName(famous())}` } }),
    // Frequent conditions that never hold together.
    neverTogether: () => ({ query: { types: ['score.field-goal'], text: 'touchdown' } }),
    // Frequent long ago, gone since.
    oldWord: () => ({ query: { text: 'leatherhead' } }),
    oldWordAndType: () => ({ query: { text: 'leatherhead', types: ['score'] } }),
    // Once in a hundred matches, but for a time when it was in every second tag.
    unevenWord: () => ({ query: { text: 'dropkick' } }),
    deepCommon: () => ({ query: { types: ['score'] }, depth: random.next() }),
    deepRare: () => ({ query: { types: ['record'], text: 'review' }, depth: random.next() }),
    topMoments: () => ({ query: { sport: 'nfl', types: ['score', 'turnover'] }, order: 'important' }),
    lateAndImportant: () => ({ query: { period: 4, secondsLeft: { atMost: 60 }, importanceAtLeast: 0.7 } }),
  }
  return Object.entries(kinds).flatMap(([kind, make]) =>
    Array.from({ length: each }, () => ({
      kind,
      query: {},
      order: 'newest' as const,
      depth: null,
      ...make(),
    })),
  )
}
