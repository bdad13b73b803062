import { ConflictError, InvalidInputError } from '@heavylift/core'
import type { LiveFloor } from './live-floor.ts'
import type { FloorTeller } from './describe-floor.ts'
import type { RobotDetail } from './frames.ts'
import type { Zone } from './zones.ts'

/** What people may ask of a floor. */
export type FloorCommand =
  | { type: 'zone'; zone: Omit<Zone, 'id' | 'since'> }
  | { type: 'open'; id: number }
  | { type: 'unplug'; robots: number[]; count: number }
  | { type: 'mend'; robots: number[] }
  | { type: 'stop'; reason: string }
  | { type: 'release' }
  | { type: 'robot'; robot: number }

export type FloorAnswer = { robots: number[] } | Zone | RobotDetail | null

/** @throws InvalidInputError, NotFoundError or ConflictError, saying what to do */
export function obey(floor: LiveFloor, teller: FloorTeller, command: FloorCommand): FloorAnswer {
  const check = (robots: readonly number[]): void => {
    const unknown = robots.find((robot) => robot >= floor.robots)
    if (unknown !== undefined)
      throw new InvalidInputError({
        code: 'robot-unknown',
        message: `There is no robot ${unknown}; the last is ${floor.robots - 1}.`,
      })
  }
  switch (command.type) {
    case 'zone': {
      const zone = floor.zones.add({ ...command.zone, since: floor.step })
      floor.zonesChanged()
      return zone
    }
    case 'open':
      floor.zones.remove(command.id)
      floor.zonesChanged()
      return null
    case 'unplug': {
      check(command.robots)
      const robots = command.robots.length > 0 ? command.robots : floor.pick(command.count)
      floor.unplug(robots)
      return { robots }
    }
    case 'mend': {
      check(command.robots)
      const failed = Array.from(floor.failure.keys()).filter((robot) => floor.failure[robot]! > 0)
      const robots = command.robots.length > 0 ? command.robots : failed
      floor.mend(robots)
      return { robots }
    }
    case 'stop':
      floor.isStopped = true
      teller.stopReason = command.reason
      return null
    case 'release':
      if (!floor.isStopped)
        throw new ConflictError({ code: 'not-stopped', message: 'The floor is not stopped.' })
      floor.isStopped = false
      teller.stopReason = ''
      return null
    case 'robot':
      check([command.robot])
      return teller.robot(command.robot)
  }
}
