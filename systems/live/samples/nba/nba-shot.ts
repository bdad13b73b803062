import type { Random } from '@heavylift/core'
import type { NbaPlayer } from './nba-roster.ts'

/** Feet; the court is 94 by 50, baskets 5.25 from the baselines. */
export const court = { length: 94, width: 50, basketFromBaseline: 5.25 } as const

export interface NbaShot {
  actionType: '2pt' | '3pt'
  subType: 'Jump Shot' | 'Layup' | 'DUNK' | 'Hook'
  points: 2 | 3
  /** Before the teams' strengths. */
  chance: number
  x: number
  y: number
}

/** Where and how a player shoots. `basketX` is the x of the basket that he attacks. */
export function drawShot(random: Random, shooter: NbaPlayer, basketX: number, wantsThree: number): NbaShot {
  const isThree = random.chance(Math.min(0.95, shooter.threeShare + wantsThree))
  const inwards = basketX > court.length / 2 ? -1 : 1
  const place = (distance: number, angle: number) => ({
    x: basketX + inwards * distance * Math.cos(angle),
    y: court.width / 2 + distance * Math.sin(angle),
  })
  if (isThree) {
    const isCorner = random.chance(0.24)
    const side = random.chance(0.5) ? 1 : -1
    if (isCorner) {
      const y = court.width / 2 + side * (22.3 + 0.6 * random.next())
      return { ...three, chance: 0.385 + shooter.touch, x: basketX + inwards * (-2 + 6 * random.next()), y }
    }
    const at = place(24.2 + 2.6 * random.next() ** 2, side * 1.1 * random.next())
    return { ...three, chance: 0.355 + shooter.touch, ...at }
  }
  const draw = random.next()
  const angle = () => 1.3 * (2 * random.next() - 1)
  if (draw < 0.13) return { ...two, subType: 'DUNK', chance: 0.9, ...place(1.2, angle()) }
  if (draw < 0.6)
    return {
      ...two,
      subType: 'Layup',
      chance: 0.56 + shooter.touch,
      ...place(1.5 + 3 * random.next(), angle()),
    }
  if (draw < 0.67)
    return { ...two, subType: 'Hook', chance: 0.48 + shooter.touch, ...place(4 + 5 * random.next(), angle()) }
  return {
    ...two,
    subType: 'Jump Shot',
    chance: 0.42 + shooter.touch,
    ...place(8 + 12 * random.next(), angle()),
  }
}

const three = { actionType: '3pt', subType: 'Jump Shot', points: 3 } as const
const two = { actionType: '2pt', points: 2 } as const
