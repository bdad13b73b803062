import type { Trainable } from '../learn/trainable.ts'

/** A model of player tracking; all of them are trained alike. */
function tracking(name: string, title: string): Trainable {
  return {
    name,
    summary: `${title}, from NGS or Big Data Bowl tracking with labels.csv.`,
    train: async (input) => (await import('./tracking/train-tracking.ts')).trainTracking(name, input),
  }
}

/** Every model that `heavylift live train` knows; how it is trained is loaded when it is. */
export const trainables: readonly Trainable[] = [
  {
    name: 'nfl-win-probability',
    summary:
      'the home side’s chance to win an NFL game, from play-by-play of any form (game centre, game detail, CSV)',
    train: async (input) =>
      (await import('./winning/nfl/train-win-probability.ts')).trainNflWinProbability(input),
  },
  {
    name: 'nfl-late-win-probability',
    summary:
      'the chance to win of the side with the ball at the end of an NFL game, from play-by-play of any form (game centre, game detail, CSV)',
    train: async (input) =>
      (await import('./winning/nfl/train-late-win-probability.ts')).trainNflLateWinProbability(input),
  },
  {
    name: 'nfl-plays-left',
    summary:
      'plays left in the fourth quarter, with an 80 % interval, from play-by-play of any form (game centre, game detail, CSV)',
    train: async (input) => (await import('./winning/nfl/train-plays-left.ts')).trainNflPlaysLeft(input),
  },
  {
    name: 'nba-win-probability',
    summary: 'the home side’s chance to win an NBA game, from play-by-play CSV of the stats site (nba-stats)',
    train: async (input) =>
      (await import('./winning/nba/train-win-probability.ts')).trainNbaWinProbability(input),
  },
  {
    name: 'soccer-xg',
    summary: 'the chance of a soccer shot to be a goal, from events or shots of any soccer format',
    train: async (input) => (await import('./winning/soccer/train-xg.ts')).trainSoccerXg(input),
  },
  {
    name: 'soccer-goals',
    summary:
      'the chance of a side to score in a minute, for win, draw and loss; from events or shots of any soccer format (train soccer-xg first)',
    train: async (input) => (await import('./winning/soccer/train-goals.ts')).trainSoccerGoals(input),
  },
  {
    name: 'fuel',
    summary: 'fuel burnt, from engine speed and throttle; learns from .ibt telemetry',
    train: async (input) => (await import('./fuel/train-fuel.ts')).trainFuel(input),
  },
  tracking('nfl-blitz', 'Defensive alert: who rushes'),
  tracking('nfl-coverage', 'Coverage before the snap'),
  tracking('nfl-coverage-after', 'Coverage as the play runs'),
  tracking('nfl-pressure', 'Pressure'),
  tracking('nfl-rusher', 'Who gets to the passer'),
  tracking('nfl-pocket', 'Pocket health'),
  tracking('nfl-throw-time', 'Time left to throw'),
]
