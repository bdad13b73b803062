export type Sport = 'nfl' | 'nba' | 'race' | 'soccer'

/** One game or race. `id` is the feed's own where it has one, else given at ingest; letters, digits, `.`, `_`, `-`. */
export interface Match {
  id: string
  sport: Sport
  title: string
  /** Null for a race. */
  home: Team | null
  away: Team | null
  /** Points by which the home side is favoured (positive: home favoured); null when no line is known. */
  homeSpread: number | null
  /** League or cup with its season, as the feed names them; absent where it names none. */
  competition?: string | undefined
  /** Points (soccer: goals) by which past results favour the home side, home field and rest included; given at ingest where it is not there. */
  homeEdge?: number | null | undefined
  race: RaceFacts | null
  /** Where a game is not as long as the sport's own league plays it. */
  regulation?: Regulation | null | undefined
}

/** How long a game is. */
export interface Regulation {
  periods: number
  periodSeconds: number
}

export interface Team {
  id: string
  abbreviation: string
  name: string
  /** `#rrggbb`, or null where the feed names none. */
  colour: string | null
}

export interface RaceFacts {
  /** Null where the race ends by time. */
  totalLaps: number | null
  trackLengthMetres: number | null
  trackName: string
  /** Usable fuel of a full tank; null where it is unknown. */
  tankLitres: number | null
  /** What the feed says of cars; absent where it says nothing. */
  cars?: RaceCarFacts[] | undefined
}

/** What is known of a car before it turns a wheel. */
export interface RaceCarFacts {
  carId: string
  /** The maker's or simulator's name of the model. */
  model: string
  /** Its version: builds of one model burn differently. */
  build: string | null
  tankLitres: number | null
  cylinders: number | null
  redlineRpm: number | null
  /** A typical lap of it at this track. */
  lapSeconds: number | null
}

export type Side = 'home' | 'away'

export function otherSide(side: Side): Side {
  return side === 'home' ? 'away' : 'home'
}

/** Both sides as a sport names them: soccer the home side first, others the visitors. */
export const sidesInOrder = ({ sport }: { sport: Sport }): readonly [Side, Side] =>
  sport === 'soccer' ? ['home', 'away'] : ['away', 'home']
