import type { Insight } from './insight.ts'
import type { Match } from './match.ts'
import type { Tag } from './tag.ts'

/** What a match's processor says; the value of topic `live.out`. Every one belongs to a tenant's match by the event's key. */
export type LiveOutput =
  | { type: 'match'; match: Match; atMs: number }
  | {
      type: 'match-end'
      homeScore: number | null
      awayScore: number | null
      order: string[] | null
      atMs: number
    }
  | { type: 'insight'; insight: Insight }
  | { type: 'tag'; tag: Tag }
  /** An insight that was scored met its outcome: `isCorrect` is what its `confidence` foretold. */
  | {
      type: 'scored'
      insightId: string
      kind: string
      confidence: number
      isCorrect: boolean
      happened: number | string
      atMs: number
    }
