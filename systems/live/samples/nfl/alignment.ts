import type { Random } from '@heavylift/core'
import { isLineman } from './call-defence.ts'
import type { NflPlayer } from './nfl-roster.ts'
import type { ScrimmagePlan } from './play-plan.ts'
import { fieldWidth } from './scene.ts'

export interface Place {
  u: number
  v: number
}

/** Where each of the twenty-two stands when the ball, at `ballV`, is about to be snapped. */
export function alignPlayers(random: Random, plan: ScrimmagePlan, ballV: number): Map<NflPlayer, Place> {
  const places = new Map<NflPlayer, Place>()
  alignOffence(random, plan, ballV, places)
  alignDefence(random, plan, ballV, places)
  return places
}

function alignOffence(
  random: Random,
  plan: ScrimmagePlan,
  ballV: number,
  places: Map<NflPlayer, Place>,
): void {
  const [quarterback, ...others] = plan.offence
  const isShotgun = plan.formation === 'shotgun' || plan.formation === 'trips'
  const strong = random.chance(0.5) ? 1 : -1
  if (quarterback) places.set(quarterback, { u: isShotgun ? -5 : -1.6, v: ballV })
  const line = others.filter((player) => player.positionGroup === 'OL')
  line.forEach((player, index) => {
    places.set(player, { u: index === 2 ? -0.7 : -1.2, v: ballV + (index - 2) * 1.5 })
  })
  const backs = others.filter((player) => player.positionGroup === 'RB')
  backs.forEach((player, index) => {
    if (isShotgun) places.set(player, { u: -5.2 - index * 1.5, v: ballV - strong * (1.7 + index) })
    else places.set(player, player.position === 'FB' ? { u: -4.6, v: ballV } : { u: -7.2, v: ballV })
  })
  const ends = others.filter((player) => player.positionGroup === 'TE')
  ends.forEach((player, index) => {
    const side = index === 0 ? strong : -strong
    places.set(player, { u: -1.2, v: ballV + side * 4.6 })
  })
  const wide = others.filter((player) => player.positionGroup === 'WR')
  const outside = (side: number) =>
    side > 0 ? fieldWidth - 6.5 - random.next() * 3 : 6.5 + random.next() * 3
  const slot = (side: number, steps: number) => ballV + side * (7 + 4 * steps + random.next())
  // Side and kind of each receiver's place: trips puts three on one side.
  const sides =
    plan.formation === 'trips' ? [-strong, strong, strong, strong] : [strong, -strong, -strong, strong]
  const outsideTaken = new Set<number>()
  wide.forEach((player, index) => {
    const side = sides[index] ?? strong
    if (!outsideTaken.has(side)) {
      outsideTaken.add(side)
      places.set(player, { u: index === 0 ? -0.9 : -1.7, v: outside(side) })
    } else places.set(player, { u: -1.8, v: slot(side, index === 3 ? 1 : 0) })
  })
}

const frontOffsets: Record<number, readonly number[]> = {
  2: [-1.2, 1.2],
  3: [-3, 3, 0],
  4: [-4, 4, -1.3, 1.3],
}

function alignDefence(
  random: Random,
  plan: ScrimmagePlan,
  ballV: number,
  places: Map<NflPlayer, Place>,
): void {
  const { defence, call } = plan
  const line = defence.filter(isLineman)
  line.forEach((player, index) => {
    places.set(player, {
      u: 1,
      v: ballV + (frontOffsets[line.length]?.[index] ?? 0) + 0.3 * (random.next() - 0.5),
    })
  })
  const isOnEdge = line.length < 4
  const linebackers = defence.filter((player) => player.positionGroup === 'LB')
  const inside = linebackers.filter((player) => !(player.position === 'OLB' && isOnEdge))
  let edgeSide = -1
  for (const player of linebackers) {
    if (inside.includes(player)) continue
    places.set(player, { u: 1.3, v: ballV + edgeSide * (line.length === 3 ? 5.6 : 4.6) })
    edgeSide = 1
  }
  const spread = [[0], [-2.4, 2.4], [0, -5.4, 5.4]][inside.length - 1] ?? []
  inside.forEach((player, index) => {
    places.set(player, {
      u: 4.4 + 0.8 * random.next(),
      v: ballV + (spread[index] ?? 0) + 0.8 * (random.next() - 0.5),
    })
  })
  alignBacks(random, plan, ballV, places)
  const isPress = call.isMan && random.chance(0.45)
  const wide = plan.offence.filter((player) => player.positionGroup === 'WR')
  const corners = defence.filter((player) => player.position === 'CB')
  corners.forEach((corner, index) => {
    const place = places.get(wide[index] ?? corner)
    if (!place) return void places.set(corner, { u: 6, v: ballV + (index % 2 ? 12 : -12) })
    const isOutside = Math.abs(place.v - ballV) > 13
    const depth = isPress
      ? 1.6 + random.next()
      : isOutside
        ? 5.5 + 2.5 * random.next()
        : 4 + 1.5 * random.next()
    const inwards = place.v > ballV ? -1 : 1
    places.set(corner, { u: depth, v: place.v + inwards * (call.isMan ? 0.7 : 1.6) })
  })
}

function alignBacks(random: Random, plan: ScrimmagePlan, ballV: number, places: Map<NflPlayer, Place>): void {
  const middle = (ballV + fieldWidth / 2) / 2
  const end = plan.offence.find((player) => player.positionGroup === 'TE')
  const strong = Math.sign((places.get(end ?? plan.ballPlayer)?.v ?? middle) - ballV) || 1
  for (const player of plan.defence) {
    const noise = () => 1.5 * (random.next() - 0.5)
    if (player.position === 'FS') {
      if (plan.call.shell === 'one-high') places.set(player, { u: 13 + noise(), v: middle + noise() })
      else if (plan.call.shell === 'two-high')
        places.set(player, { u: 12 + noise(), v: middle - strong * 9 + noise() })
      else places.set(player, { u: 8 + noise(), v: middle - strong * 6 + noise() })
    } else if (player.position === 'SS') {
      if (plan.call.shell === 'two-high')
        places.set(player, { u: 11.5 + noise(), v: middle + strong * 9 + noise() })
      else places.set(player, { u: 6.5 + noise(), v: ballV + strong * 7 + noise() })
    }
  }
}
