import type { Random } from '@heavylift/core'
import type { NflTeamSheet, NflPlayer } from './nfl-roster.ts'
import { take } from './nfl-roster.ts'
import type { Coverage, DefenceCall } from './play-plan.ts'

/** Eleven defenders against so many wide receivers: base, nickel or dime; the line first, then linebackers, then backs. */
export function defensivePackage(team: NflTeamSheet, wideReceivers: number): NflPlayer[] {
  const backs = [
    ...take(team, 'cb', Math.max(2, wideReceivers)),
    ...take(team, 'fs', 1),
    ...take(team, 'ss', 1),
  ]
  const inFront = 11 - backs.length
  if (team.base === '3-4') {
    const line = inFront === 7 ? [...take(team, 'de', 2), ...take(team, 'dt', 1)] : take(team, 'dt', 2)
    return [...line, ...take(team, 'olb', 2), ...take(team, 'ilb', inFront - line.length - 2), ...backs]
  }
  const line = [...take(team, 'de', 2), ...take(team, 'dt', 2)]
  const linebackers = [...take(team, 'ilb', 1), ...take(team, 'olb', 2)].slice(0, inFront - 4)
  return [...line, ...linebackers, ...backs]
}

export function isLineman(player: NflPlayer): boolean {
  return player.positionGroup === 'DL'
}

/** Who rushes and who covers how; `isLikelyPass` brings more blitzes. */
export function callDefence(
  random: Random,
  team: NflTeamSheet,
  defence: NflPlayer[],
  isLikelyPass: boolean,
): DefenceCall {
  const rushers = defence.filter(isLineman)
  const edge = defence.filter((player) => player.position === 'OLB')
  const creepers: NflPlayer[] = []
  // Fronts of two or three linemen are made up to four by the outside linebackers, who stand on the line.
  if (team.base === '3-4') rushers.push(...(rushers.length === 3 ? [random.pick(edge)] : edge))
  const isBlitz = random.chance(team.blitzShare + (isLikelyPass ? 0.05 : -0.05))
  if (isBlitz) {
    const pool = defence.filter((player) => !rushers.includes(player) && player.position !== 'FS')
    const weight = (player: NflPlayer) =>
      player.positionGroup === 'LB' ? 4 : player.position === 'SS' ? 1.5 : 1
    const wanted = random.chance(0.28) ? 2 : 1
    while (creepers.length < wanted) {
      const left = pool.filter((player) => !creepers.includes(player))
      creepers.push(pickWeighted(random, left, weight))
    }
    rushers.push(...creepers)
  }
  const isMan = random.chance(team.manShare + (isBlitz ? 0.22 : -0.06))
  const coverage = pickCoverage(random, isMan, rushers.length)
  const disguised = creepers.filter(() => random.chance(0.3))
  const bluffPool = defence.filter((player) => player.positionGroup === 'LB' && !rushers.includes(player))
  const bluffers = bluffPool.filter(() => random.chance(0.12))
  const trueShell =
    coverage === 'COVER_0'
      ? 'none'
      : coverage === 'COVER_1' || coverage === 'COVER_3'
        ? 'one-high'
        : 'two-high'
  // A good part of defences show a shell that they do not play.
  const shell = random.chance(0.25) ? (trueShell === 'two-high' ? 'one-high' : 'two-high') : trueShell
  return { coverage, isMan, rushers, creepers, disguised, bluffers, shell }
}

function pickCoverage(random: Random, isMan: boolean, rushers: number): Coverage {
  const draw = random.next()
  if (isMan) {
    if (rushers >= 6) return 'COVER_0'
    if (rushers === 5) return draw < 0.12 ? 'COVER_0' : 'COVER_1'
    return draw < 0.2 ? '2_MAN' : 'COVER_1'
  }
  if (rushers >= 5) return draw < 0.75 ? 'COVER_3' : 'COVER_2'
  if (draw < 0.45) return 'COVER_3'
  if (draw < 0.65) return 'COVER_2'
  return draw < 0.87 ? 'COVER_4' : 'COVER_6'
}

export function pickWeighted<T>(random: Random, items: readonly T[], weight: (item: T) => number): T {
  let total = 0
  for (const item of items) total += weight(item)
  let draw = random.next() * total
  for (const item of items) {
    draw -= weight(item)
    if (draw < 0) return item
  }
  return random.pick(items)
}
