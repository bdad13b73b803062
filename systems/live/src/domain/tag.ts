import type { GameClock } from './clocks.ts'
import type { Side, Sport } from './match.ts'

/** A moment of a match in the taxonomy that all sports share (event detection and classification, EDC). */
export interface TagDraft {
  /** Taxonomy path, most general first, e.g. `score.touchdown.pass`, `lead-change`, `pit-stop.green`. */
  type: string
  /** Names the moment within the match (a play, an action, a lap and car): same type and occasion is the same tag. */
  occasion: string
  startMs: number
  endMs: number
  game: GameClock | null
  actors: TagActor[]
  /** 0..1, comparable across sports. */
  importance: number
  /** 1 where the feed says so itself. */
  confidence: number
  source: 'feed' | 'detected' | 'model' | 'human'
  /** One sentence. */
  text: string
  homeScore: number | null
  awayScore: number | null
  sourceRef: string
}

export interface TagActor {
  id: string
  name: string
  role: string
  side: Side | null
}

export interface Tag extends TagDraft {
  id: string
  matchId: string
  sport: Sport
}
