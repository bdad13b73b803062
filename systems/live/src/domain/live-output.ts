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
  /**
   * An insight that was scored met its outcome. `isCorrect`: what it said was right (a probability: on the right side of even
   * chances). `cameTrue`: what its `confidence` is of came true, which is what calibration holds it to; absent in old logs.
   */
  | {
      type: 'scored'
      insightId: string
      kind: string
      confidence: number
      isCorrect: boolean
      cameTrue?: boolean | undefined
      happened: number | string
      atMs: number
    }
