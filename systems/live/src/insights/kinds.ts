import type { Sport } from '../domain/match.ts'

/** A kind of insight, as people and filters see it. */
export interface InsightKind {
  /** What rules say, e.g. `nfl.blitz`. */
  kind: string
  /** In words, the same in console, report and graphic. */
  title: string
  /** Sports whose matches can have it. */
  sports: readonly Sport[]
  /**
   * What keeps it off the air while it may be wrong: a floor that its outcomes taught, below which it is no alert; or why there is
   * none, in words.
   */
  air: { floorOf: readonly string[] } | { noFloor: string }
}

const standing = 'An estimate that always stands, with its chance beside it: it warns of nothing.'
const afterwards = 'It tells of what has happened.'

/** Every kind that a rule says, in the order in which pages list them. Pages read it too: data only. */
export const insightKinds: readonly InsightKind[] = [
  { kind: 'nfl.win-probability', title: 'Win probability', sports: ['nfl'], air: { noFloor: standing } },
  { kind: 'nba.win-probability', title: 'Win probability', sports: ['nba'], air: { noFloor: standing } },
  {
    kind: 'soccer.win-probability',
    title: 'Win probability',
    sports: ['soccer'],
    air: { noFloor: standing },
  },
  { kind: 'soccer.xg', title: 'Expected goals', sports: ['soccer'], air: { noFloor: afterwards } },
  { kind: 'nfl.blitz', title: 'Blitz', sports: ['nfl'], air: { floorOf: ['nfl-blitz'] } },
  {
    kind: 'nfl.coverage',
    title: 'Coverage',
    sports: ['nfl'],
    air: { floorOf: ['nfl-coverage', 'nfl-coverage-after'] },
  },
  { kind: 'nfl.pressure', title: 'Pressure', sports: ['nfl'], air: { floorOf: ['nfl-pressure'] } },
  { kind: 'nfl.rusher', title: 'Pass rusher', sports: ['nfl'], air: { floorOf: ['nfl-rusher'] } },
  {
    kind: 'nfl.pocket',
    title: 'Pocket health',
    sports: ['nfl'],
    air: { noFloor: 'A scale, no chance: nothing that happens proves it right or wrong.' },
  },
  {
    kind: 'nfl.throw-time',
    title: 'Time to throw',
    sports: ['nfl'],
    air: { noFloor: 'An interval; the ledger counts how often it holds.' },
  },
  {
    kind: 'nfl.end-of-game',
    title: 'Plays left',
    sports: ['nfl'],
    air: { noFloor: 'An interval; the ledger counts how often it holds.' },
  },
  {
    kind: 'race.burn-bar',
    title: 'Fuel',
    sports: ['race'],
    air: {
      noFloor:
        'No feed tells whether a car would have run dry, so no outcome teaches a floor: who makes it or falls short is said where the whole 80 % interval says so, and nothing of an engine that nobody measured.',
    },
  },
  { kind: 'momentum', title: 'Momentum', sports: ['nfl', 'nba', 'soccer'], air: { noFloor: afterwards } },
  { kind: 'key-moment', title: 'Key moment', sports: ['nfl', 'nba', 'soccer'], air: { noFloor: afterwards } },
  { kind: 'race.key-moment', title: 'Key moment', sports: ['race'], air: { noFloor: afterwards } },
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
