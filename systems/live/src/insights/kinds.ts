import type { Sport } from '../domain/match.ts'

/** A kind of insight, as people and filters see it. */
export interface InsightKind {
  /** What rules say, e.g. `nfl.blitz`. */
  kind: string
  /** In words, the same in console, report and graphic. */
  title: string
  /** Sports whose matches can have it. */
  sports: readonly Sport[]
}

/** Every kind that a rule says, in the order in which pages list them. Pages read it too: data only. */
export const insightKinds: readonly InsightKind[] = [
  { kind: 'nfl.win-probability', title: 'Win probability', sports: ['nfl'] },
  { kind: 'nba.win-probability', title: 'Win probability', sports: ['nba'] },
  { kind: 'soccer.win-probability', title: 'Win probability', sports: ['soccer'] },
  { kind: 'soccer.xg', title: 'Expected goals', sports: ['soccer'] },
  { kind: 'nfl.blitz', title: 'Blitz', sports: ['nfl'] },
  { kind: 'nfl.coverage', title: 'Coverage', sports: ['nfl'] },
  { kind: 'nfl.pressure', title: 'Pressure', sports: ['nfl'] },
  { kind: 'nfl.rusher', title: 'Pass rusher', sports: ['nfl'] },
  { kind: 'nfl.pocket', title: 'Pocket health', sports: ['nfl'] },
  { kind: 'nfl.throw-time', title: 'Time to throw', sports: ['nfl'] },
  { kind: 'nfl.end-of-game', title: 'Plays left', sports: ['nfl'] },
  { kind: 'race.burn-bar', title: 'Fuel', sports: ['race'] },
  { kind: 'momentum', title: 'Momentum', sports: ['nfl', 'nba', 'soccer'] },
  { kind: 'key-moment', title: 'Key moment', sports: ['nfl', 'nba', 'soccer'] },
  { kind: 'race.key-moment', title: 'Key moment', sports: ['race'] },
]

const titles = new Map(insightKinds.map(({ kind, title }) => [kind, title]))

/** A kind of insight in words: `nfl.blitz` is `Blitz`; one that is not listed keeps its name. */
export function titleOfKind(kind: string): string {
  return titles.get(kind) ?? kind
}

/** Kinds that matches of a sport can have. */
export function kindsOfSport(sport: Sport): string[] {
  return insightKinds.filter(({ sports }) => sports.includes(sport)).map(({ kind }) => kind)
}
