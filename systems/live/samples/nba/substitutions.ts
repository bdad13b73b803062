import type { Random } from '@heavylift/core'
import { leadOf } from './nba-state.ts'
import type { NbaState } from './nba-state.ts'
import type { NbaPlayer, NbaTeamSheet } from './nba-roster.ts'

/** Seconds on court after which a player is tired. */
const shift = 420
const foulLimit = 6

/** Changes a team's five at a stoppage: who has fouled out, who is tired, and starters back for the end. */
export function substitutions(
  random: Random,
  team: NbaTeamSheet,
  state: NbaState,
  keeps: NbaPlayer | null,
): { out: NbaPlayer; into: NbaPlayer }[] {
  const changes: { out: NbaPlayer; into: NbaPlayer }[] = []
  const starters = new Set(team.players.slice(0, 5))
  const isClosing = state.period >= 4 && state.secondsLeft < 360 && Math.abs(leadOf(state, team.side)) < 20
  for (const out of team.onCourt) {
    if (out === keeps) continue
    const isOut = out.fouls >= foulLimit
    const isTired =
      !isClosing && out.shiftSeconds > shift * (starters.has(out) ? 1 : 0.7) && random.chance(0.5)
    const givesWay = isClosing && !starters.has(out)
    if (!isOut && !isTired && !givesWay) continue
    const bench = team.players.filter((player) => !team.onCourt.includes(player) && player.fouls < foulLimit)
    const rested = bench.filter((player) => player.shiftSeconds > 150 || isClosing || isOut)
    const like = (player: NbaPlayer) =>
      (player.position === out.position ? 0 : 10) + team.players.indexOf(player)
    const fitting = rested.filter((player) => !givesWay || isOut || starters.has(player))
    const into = fitting.toSorted((a, b) => like(a) - like(b))[0]
    if (!into) continue
    team.onCourt[team.onCourt.indexOf(out)] = into
    out.shiftSeconds = 0
    into.shiftSeconds = 0
    changes.push({ out, into })
  }
  return changes
}
