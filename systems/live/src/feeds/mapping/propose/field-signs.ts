import type { FeedMapping } from '../mapping-schema.ts'
import type { SampleColumn } from './sample-rows.ts'

type Sport = FeedMapping['sport']

/** What shows that a column is for a field: what it is called in the language of the sport, and what its values are like. */
export interface FieldSign {
  field: string
  /** What people call it; the more usual first. */
  phrases: readonly string[]
  /** 0..1: whether the values may be it. */
  fits(column: SampleColumn): number
  sports?: readonly Sport[]
  /** One of these is in its name, whatever else is: a team is no home team. */
  holds?: readonly string[]
  /** Tells the sport: no other has it. */
  isTelling?: boolean
}

const isTime = ({ written }: SampleColumn): boolean => /time$|^epoch/.test(written)
const numbers = ({ values }: SampleColumn): number[] => values.filter((value) => value !== '').map(Number)
const whole = (column: SampleColumn, least: number, most: number): number =>
  column.written === 'number' &&
  numbers(column).every((number) => Number.isInteger(number) && number >= least && number <= most)
    ? 1
    : 0
const number = ({ written }: SampleColumn): number => (written === 'number' ? 1 : 0)
const text = ({ written }: SampleColumn): number => (written === 'text' ? 1 : 0)
const name = ({ written }: SampleColumn): number => (written === 'text' ? 1 : written === 'number' ? 0.9 : 0)
const few = (column: SampleColumn): number =>
  column.distinct >= 1 && column.distinct <= Math.max(4, column.values.length * 0.2) ? 1 : 0.3
/** Share of steps that do not fall. */
const rising = (column: SampleColumn): number => {
  const all = numbers(column)
  const steps = all.slice(1).filter((next, index) => next >= (all[index] ?? 0)).length
  return all.length < 2 ? 0.5 : steps / (all.length - 1)
}

const games: readonly Sport[] = ['nfl', 'nba', 'soccer']

/** Fields that a proposal looks for. */
export const fieldSigns: readonly FieldSign[] = [
  {
    field: 'match.id',
    phrases: ['game id', 'match id', 'race id', 'session key', 'fixture id', 'game code', 'event id', 'game'],
    fits: (column) => (isTime(column) ? 0 : few(column)),
  },
  {
    field: 'match.home',
    holds: ['home', 'host'],
    phrases: ['home team', 'home', 'host', 'home team name', 'home club', 'home abbreviation'],
    fits: (column) => text(column) * few(column),
    sports: games,
  },
  {
    field: 'match.away',
    holds: ['away', 'visitor', 'visiting', 'guest', 'road'],
    phrases: ['away team', 'away', 'visitor', 'visiting team', 'guest', 'road team', 'away club'],
    fits: (column) => text(column) * few(column),
    sports: games,
  },
  {
    field: 'match.start',
    phrases: ['game date', 'match date', 'start time', 'start', 'tip off', 'kick off', 'date', 'day'],
    fits: (column) => (isTime(column) ? few(column) : 0),
  },
  {
    field: 'clock.eventTime',
    phrases: ['timestamp', 'time', 'utc', 'wall clock', 'time of day', 'date', 'time actual', 'date start'],
    fits: (column) => (isTime(column) ? (column.distinct > column.values.length * 0.3 ? 1 : 0.2) : 0),
  },
  {
    field: 'clock.period',
    phrases: ['period', 'quarter', 'half', 'period number', 'period id', 'q'],
    fits: (column) => whole(column, 1, 12) * (rising(column) > 0.9 ? 1 : 0.4),
    sports: games,
  },
  {
    field: 'clock.secondsLeft',
    phrases: [
      'clock',
      'game clock',
      'time remaining',
      'time left',
      'time',
      'remaining',
      'seconds left in period',
    ],
    fits: (column) => (column.written === 'clock' ? 1 : 0),
    sports: games,
  },
  {
    field: 'clock.gameSecondsLeft',
    phrases: ['game seconds remaining', 'seconds remaining', 'seconds left'],
    fits: (column) => whole(column, 0, 3600) * (1 - rising(column) > 0.4 || column.distinct < 3 ? 1 : 0.2),
    sports: games,
  },
  {
    field: 'homeScore',
    holds: ['home', 'host'],
    phrases: ['home score', 'home points', 'total home score', 'score home team'],
    fits: (column) => whole(column, 0, 250) * (rising(column) > 0.9 ? 1 : 0.5),
    sports: games,
  },
  {
    field: 'awayScore',
    holds: ['away', 'visitor', 'visiting', 'guest', 'road'],
    phrases: ['away score', 'away points', 'visitor score', 'total away score', 'score away team'],
    fits: (column) => whole(column, 0, 250) * (rising(column) > 0.9 ? 1 : 0.5),
    sports: games,
  },
  {
    field: 'score',
    phrases: ['score', 'result'],
    fits: ({ values, written }) =>
      written === 'text' && values.every((value) => value === '' || /^\d+\s*[-:–]\s*\d+$/.test(value))
        ? 1
        : 0,
    sports: games,
  },
  {
    field: 'description',
    phrases: [
      'description',
      'detail',
      'play description',
      'text',
      'play text',
      'comment',
      'play detail',
      'play info',
      'words',
    ],
    fits: (column) => text(column) * (column.distinct > column.values.length * 0.2 ? 1 : 0.5),
    sports: games,
  },
  {
    field: 'side',
    phrases: [
      'team',
      'possession team',
      'offense',
      'club',
      'team code',
      'team abbreviation',
      'team name',
      'possession',
    ],
    fits: (column) => text(column) * (column.distinct === 2 ? 1 : column.distinct <= 4 ? 0.7 : 0.2),
    sports: games,
  },
  {
    field: 'playerName',
    phrases: ['player name', 'player', 'athlete', 'shooter', 'person', 'name'],
    fits: (column) => text(column) * (column.distinct > 2 ? 1 : 0.2),
    sports: ['nba', 'soccer'],
  },
  {
    field: 'actionType',
    phrases: ['action type', 'event type', 'play type', 'type', 'event', 'action', 'kind', 'what'],
    fits: (column) => text(column) * (column.distinct >= 2 && column.distinct <= 60 ? 1 : 0),
    sports: ['nba', 'soccer'],
  },
  {
    field: 'isMade',
    phrases: ['shot result', 'made', 'is made', 'success', 'shot outcome', 'scored', 'in'],
    fits: ({ written, distinct }) => (written === 'boolean' || (written === 'text' && distinct <= 3) ? 1 : 0),
    sports: ['nba'],
  },
  {
    field: 'points',
    phrases: ['points scored', 'points', 'score value', 'value'],
    fits: (column) => whole(column, 0, 4),
    sports: ['nba'],
  },
  {
    field: 'situation.down',
    phrases: ['down'],
    fits: (column) => whole(column, 0, 4),
    sports: ['nfl'],
    isTelling: true,
  },
  {
    field: 'situation.yardsToGo',
    phrases: ['yards to go', 'distance', 'to go', 'to gain'],
    fits: number,
    sports: ['nfl'],
    isTelling: true,
  },
  {
    field: 'situation.yardsToGoal',
    phrases: ['yards to goal', 'yard line 100', 'yards to end zone'],
    fits: (column) => whole(column, 0, 100),
    sports: ['nfl'],
    isTelling: true,
  },
  {
    field: 'yardsGained',
    phrases: ['yards gained', 'gain', 'yards'],
    fits: number,
    sports: ['nfl'],
    isTelling: true,
  },
  {
    field: 'situation.playId',
    phrases: ['play id', 'play number', 'play'],
    fits: (column) => (column.distinct > column.values.length * 0.8 && column.written === 'number' ? 1 : 0),
    sports: ['nfl'],
  },
  {
    field: 'playType',
    phrases: ['play type', 'type of play', 'play category'],
    fits: (column) => text(column) * (column.distinct >= 2 && column.distinct <= 40 ? 1 : 0),
    sports: ['nfl'],
  },
  {
    field: 'carId',
    phrases: ['driver number', 'car number', 'driver id', 'car', 'driver', 'rider', 'kart', 'bib', 'number'],
    fits: name,
    sports: ['race'],
  },
  {
    field: 'driver',
    phrases: ['driver name', 'driver', 'full name', 'rider name', 'name'],
    fits: text,
    sports: ['race'],
  },
  {
    field: 'lap',
    phrases: ['lap', 'lap number', 'laps'],
    fits: (column) => whole(column, 0, 1000),
    sports: ['race'],
    isTelling: true,
  },
  {
    field: 'lapSeconds',
    phrases: ['lap time', 'lap duration', 'lap seconds', 'milliseconds', 'time', 'duration'],
    fits: ({ written }) => (written === 'clock' || written === 'number' ? 1 : 0),
    sports: ['race'],
  },
  {
    field: 'position',
    phrases: ['position', 'place', 'rank', 'running position'],
    fits: (column) => whole(column, 1, 60),
    sports: ['race'],
  },
]
