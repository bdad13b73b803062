import type { Measure } from '@heavylift/core'

export const winProbabilityEval: Measure = {
  name: 'win-probability',
  summary:
    'NFL win probability as the live rule shows it over play-by-play files of any form (--data), with the results of the files before it known: Brier, log loss, ECE, by season; baseline is the files’ own wp column after the same plays.',
  goals: { brier: { atMost: 0.158 }, ece: { atMost: 0.02 } },
  run: async (input) => (await import('./win-probability.ts')).measureWinProbability(input),
}

export const playsLeftEval: Measure = {
  name: 'plays-left',
  summary:
    'NFL plays left in the last 5 minutes as the live rule shows them over play-by-play files of any form (--data): mean absolute error and coverage of the 80 % interval, by season; baseline is the best line of the clock on the same rows.',
  goals: { mae: { atMost: 2.1 }, coverage80: { atLeast: 0.77, atMost: 0.83 } },
  run: async (input) => (await import('./plays-left.ts')).measurePlaysLeft(input),
}

export const nbaWinProbabilityEval: Measure = {
  name: 'nba-win-probability',
  summary:
    'NBA win probability as the live rule shows it over stats CSV or CDN JSON files (--data): Brier, log loss, ECE; baseline is a logistic regression on lead per √time, cross-fitted on every action of the same files.',
  goals: { brierGain: { atLeast: 0 } },
  run: async (input) => (await import('./nba-win-probability.ts')).measureNbaWinProbability(input),
}

export const soccerWinEval: Measure = {
  name: 'soccer-win',
  summary:
    'Soccer win, draw and loss as the live rule shows them at the kick-off and every 15 minutes, over events or shots of any soccer format (--data): ranked probability score (RPS), calibration error, by competition; baselines are the same model by score and time alone, and the shares of results in the other competitions.',
  goals: { rps: { atMost: 0.16 } },
  run: async (input) => (await import('./soccer-win.ts')).measureSoccerWin(input),
}

export const soccerXgEval: Measure = {
  name: 'xg',
  summary:
    'Expected goals of soccer shots as the live rule says them, over events or shots of any soccer format (--data): log loss, calibration error, by competition; baseline is a logistic regression of distance and angle, cross-fitted on the same shots.',
  goals: { logLoss: { atMost: 0.3 } },
  run: async (input) => (await import('./soccer-xg.ts')).measureSoccerXg(input),
}

export const keyMomentsEval: Measure = {
  name: 'key-moments',
  summary:
    'NFL key moments of play-by-play CSV files (--data): F1 of as many top-ranked plays as a game had decisive ones (told from the score afterwards); baseline ranks the same plays by swing alone, ours and the file’s.',
  goals: { clutchLeadChangesIn: { atLeast: 1 } },
  run: async (input) => (await import('./key-moments.ts')).measureKeyMoments(input),
}

export const eventAgreement: Measure = {
  name: 'events',
  summary:
    "Agreement of tags with the feed's own event types on NFL and NBA play-by-play CSV (share of rows)",
  goals: {
    nflFromWords: { atLeast: 0.98 },
    nbaFromWords: { atLeast: 0.98 },
    nflFromType: { atLeast: 0.98 },
    nbaFromType: { atLeast: 0.98 },
  },
  run: async (input) => (await import('./event-agreement.ts')).measureEvents(input),
}

export const fuelEval: Measure = {
  name: 'fuel',
  summary:
    'Burn bar on .ibt telemetry (--data), through the live rule: error of the fuel used, % of it, over runs of a lap and more after one lap with the gauge shown; zeroShot: only the start fill is shown, and nothing is said (zeroShotTold: runs) of an engine that nobody measured. Baseline: the known lap’s rate all through.',
  goals: {
    medianTotalErrorPct: { atMost: 1.5 },
    coverage80: { atLeast: 75, atMost: 85 },
    zeroShotCoverage80: { atLeast: 70 },
  },
  run: async (input) => (await import('./fuel.ts')).measureFuel(input),
}

export const blitzEval: Measure = {
  name: 'blitz',
  summary:
    'Who of the linebackers and backs rushes, from player tracking: AUC at the snap, 1 s and 2 s before it, Brier; what the live rule called out a second or more ahead; the baseline is a logistic of five columns, cross-fitted on the same rows.',
  goals: {
    aucAtSnap: { atLeast: 0.945 },
    aucMinus1s: { atLeast: 0.93 },
    aucMinus2s: { atLeast: 0.92 },
    alertPrecision: { atLeast: 0.85 },
    alertPrecisionLow: { atLeast: 0.8 },
  },
  run: async (input) => (await import('./tracking.ts')).measureBlitz(input),
}

export const coverageEval: Measure = {
  name: 'coverage',
  summary:
    'Man or zone before the snap and 3 s after it (at the throw where that is sooner), and the scheme: share right, from player tracking with charted labels; the baseline always says zone.',
  goals: { accuracyPreSnap: { atLeast: 0.72 }, accuracy3s: { atLeast: 0.82 } },
  run: async (input) => (await import('./tracking.ts')).measureCoverage(input),
}

export const pressureEval: Measure = {
  name: 'pressure',
  summary:
    'Who gets to the passer, foretold 1.0 s and 1.5 s after the snap from player tracking (label from tracking alone): AUC, calibration error, and how often the likeliest is the first; the baseline is a logistic of distance and closing speed. Beside it whether the quarterback was charted as pressured.',
  goals: {
    rusherAuc1500ms: { atLeast: 0.88 },
    rusherEce: { atMost: 0.03 },
    topRusherHit: { atLeast: 0.6 },
    auc1500ms: { atLeast: 0.8 },
    ece: { atMost: 0.05 },
  },
  run: async (input) => (await import('./tracking.ts')).measurePressure(input),
}

export const recapEval: Measure = {
  name: 'recap',
  summary:
    'Recaps of two minutes at four moments of each match, in segments of 2, 4 and 6 s: how far off the time, and shares of lead changes, late touchdowns, goals, scored periods and win-probability movement that they show. Simulated matches, or play-by-play files (--data). Baselines: the most important tags; the last two minutes.',
  goals: {
    withinTolerance: { atLeast: 1 },
    clutchLeadChangesIn: { atLeast: 1 },
    lateTouchdownsIn: { atLeast: 1 },
    goalsIn: { atLeast: 1 },
  },
  run: async (input) => (await import('./recap.ts')).measureRecap(input),
}

export const statementsEval: Measure = {
  name: 'statements',
  summary:
    'Statements drawn at random from replays of NFL and NBA play-by-play and soccer events (--data): how many of 100 are true by the file, read by a script that shares no code with the pipeline.',
  goals: { true: { atLeast: 98 } },
  run: async (input) => (await import('./statements/statements.ts')).measureStatements(input),
}

export const driveYardsEval: Measure = {
  name: 'drive-yards',
  summary:
    'Yards of NFL drives as they are said when a drive ends, over play-by-play files of any form (--data), against the feed’s own summary of the drive: share of the drives with points that are equal (equal), of those whose yards are said (told), and of all drives.',
  goals: { equal: { atLeast: 0.99 } },
  run: async (input) => (await import('./drive-yards.ts')).measureDriveYards(input),
}

/** Every one of this system, in the order of its list. What runs is loaded when it runs. */
export const evals: Measure[] = [
  winProbabilityEval,
  playsLeftEval,
  nbaWinProbabilityEval,
  soccerWinEval,
  soccerXgEval,
  keyMomentsEval,
  eventAgreement,
  fuelEval,
  blitzEval,
  coverageEval,
  pressureEval,
  recapEval,
  statementsEval,
  driveYardsEval,
]
