/** One statistic of a play as the game centre credits it. `team` is null where the feed leaves it out. */
export interface PlayStat {
  statId: number
  playerId: string | null
  playerName: string | null
  team: string | null
  yards: number | null
}

/** What the league's statistic numbers say of a play, by what we ask of them. */
export const statIds = {
  firstDown: new Set([3, 4, 5]),
  fourthDownFailed: new Set([9]),
  rush: new Set([10, 11, 12, 13]),
  pass: new Set([14, 15, 16, 19]),
  sacked: new Set([20]),
  intercepted: new Set([19]),
  punt: new Set([2, 29]),
  kickoff: new Set([41, 42, 43, 44, 102, 410]),
  touchdown: new Set([11, 13, 16, 18, 22, 24, 26, 28, 34, 36, 46, 48, 56, 58, 60, 62, 64, 108]),
  timeout: new Set([68]),
  fieldGoalMissed: new Set([69]),
  fieldGoalMade: new Set([70]),
  fieldGoalBlocked: new Set([71]),
  extraPointGood: new Set([72]),
  extraPointFailed: new Set([73, 74]),
  twoPointGood: new Set([75, 77, 104]),
  twoPointFailed: new Set([76, 78, 105]),
  safety: new Set([89]),
  penalty: new Set([93]),
  fumbleLost: new Set([106]),
  /** Yards that the offence gained: runs, catches (with laterals) and the loss of a sack. */
  offensiveYards: new Set([10, 11, 12, 13, 20, 21, 22, 23, 24]),
} satisfies Record<string, ReadonlySet<number>>

/** The part that a statistic's player had; statistics that only count something are left out. */
export const rolesByStat: ReadonlyMap<number, string> = new Map([
  [10, 'rusher'],
  [11, 'rusher'],
  [14, 'passer'],
  [15, 'passer'],
  [16, 'passer'],
  [19, 'passer'],
  [20, 'sacked'],
  [21, 'receiver'],
  [22, 'receiver'],
  [25, 'interceptor'],
  [26, 'interceptor'],
  [29, 'punter'],
  [33, 'returner'],
  [34, 'returner'],
  [41, 'kicker'],
  [44, 'kicker'],
  [45, 'returner'],
  [46, 'returner'],
  [52, 'fumbler'],
  [53, 'fumbler'],
  [55, 'recoverer'],
  [56, 'recoverer'],
  [59, 'recoverer'],
  [60, 'recoverer'],
  [69, 'kicker'],
  [70, 'kicker'],
  [71, 'kicker'],
  [72, 'kicker'],
  [73, 'kicker'],
  [74, 'kicker'],
  [79, 'tackler'],
  [83, 'sacker'],
  [84, 'sacker'],
  [86, 'blocker'],
  [88, 'blocker'],
  [89, 'safety'],
  [91, 'forced-fumble'],
  [93, 'penalised'],
  [115, 'receiver'],
])
