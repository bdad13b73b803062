import { createRandom } from '@heavylift/core'
import { nodeIdOf, positionOf } from '../release/floor-places.ts'
import type { FloorPlaces } from '../release/floor-places.ts'
import type { FloorRobot } from '../store/control-tables.ts'
import { controlTopics, since3, topicOf } from '../vda5050/protocol.ts'
import { isRefusal, readMessage } from '../vda5050/read-message.ts'
import { writeMessage } from '../vda5050/write-message.ts'
import { createRadio } from './faults.ts'
import type { Faults } from './faults.ts'
import { factsheetOf } from './factsheet.ts'
import { RobotLink } from './robot-link.ts'
import { SimulatedRobot } from './simulated-robot.ts'
import type { RobotBuild, TrueEvent } from './simulated-robot.ts'

export interface FleetOptions {
  url: string
  places: FloorPlaces
  robots: readonly (FloorRobot & { robot: number })[]
  build: RobotBuild
  faults: Faults
  seed: string
  /** Password of a robot, where the broker asks for one. */
  passwordOf?: (robot: FloorRobot) => string
  ca?: string
  onTrue: (robot: number, event: TrueEvent) => void
}

export interface Fleet {
  /** Robots that are connected. */
  up(): number
  schemaErrors(): number
  received(): number
  /** Robots that lose their power or network for good. */
  unplug(robots: readonly number[]): void
  close(): void
}

const stepMs = 10
/** A state is sent at least so often (6.6 has 30 s); the sooner, the sooner a lost one is made good. */
const stateMs = 2_000

/** Simulated robots over the wire: many in one process, each with a connection of its own. */
export function runFleet(options: FleetOptions): Fleet {
  const { url, places, build, faults, seed, passwordOf, ca, onTrue } = options
  let received = 0
  let schemaErrors = 0
  const random = createRandom(`fleet ${seed}`)
  const members = options.robots.map((floorRobot) => {
    const { robot: number, start, ...address } = floorRobot
    const skewMs = (2 * random.next() - 1) * faults.skewMs
    const now = (): number => Date.now() + skewMs
    const cell = start >> 2
    const at = {
      nodeId: nodeIdOf(places, cell),
      position: { ...positionOf(places, cell), mapId: places.mapId },
      heading: start & 3,
    }
    const robot = new SimulatedRobot(address, at, build, (event) => onTrue(number, event))
    const [incoming, outgoing] = [
      createRadio(faults, `in ${seed} ${number}`),
      createRadio(faults, `out ${seed} ${number}`),
    ]
    const link: RobotLink = new RobotLink({
      url,
      clientId: `${address.manufacturer}.${address.serialNumber}`,
      ...(passwordOf === undefined
        ? {}
        : { user: `${address.manufacturer}/${address.serialNumber}`, password: passwordOf(floorRobot) }),
      ...(ca === undefined ? {} : { ca }),
      will: () => writeMessage(address, 'connection', robot.connection('CONNECTION_BROKEN', now())),
      filters: controlTopics
        .filter((topic) => address.major === 3 || !since3.includes(topic))
        .map((topic) => topicOf(address, topic)),
      onUp() {
        const { path, text } = writeMessage(address, 'connection', robot.connection('ONLINE', now()))
        link.publish(path, text, { qos: 1, retain: true })
        sayFactsheet()
        sayState()
      },
      onMessage: (path, payload) =>
        incoming({ path, payload }, (message) => {
          received++
          const read = readMessage(message.path, message.payload)
          if (isRefusal(read)) schemaErrors++
          else if (read.topic === 'order') robot.take(read.message)
          else if (read.topic === 'instantActions') robot.takeInstant(read.message)
          else if (read.topic === 'zoneSet') robot.takeZoneSet(read.message)
        }),
    })
    let saidMs = 0
    function sayState(): void {
      if (!link.isUp) return
      saidMs = performance.now()
      outgoing(writeMessage(address, 'state', robot.state(now())), ({ path, text }) =>
        link.publish(path, text),
      )
    }
    function sayFactsheet(): void {
      const { path, text } = writeMessage(address, 'factsheet', factsheetOf(robot, now()))
      link.publish(path, text, { retain: true })
    }
    return {
      number,
      link,
      advance(nowMs: number): void {
        const isChanged = robot.advance(nowMs)
        if (robot.wantsFactsheet) {
          robot.wantsFactsheet = false
          sayFactsheet()
        }
        if (isChanged || nowMs - saidMs > stateMs) sayState()
      },
    }
  })
  const timer = setInterval(() => {
    const nowMs = performance.now()
    for (const member of members) member.advance(nowMs)
  }, stepMs)
  return {
    up: () => members.filter(({ link }) => link.isUp).length,
    received: () => received,
    schemaErrors: () => schemaErrors,
    unplug(robots) {
      const gone = new Set(robots)
      for (const { number, link } of members) if (gone.has(number)) link.close(false)
    },
    close() {
      clearInterval(timer)
      for (const { link } of members) link.close()
    },
  }
}
