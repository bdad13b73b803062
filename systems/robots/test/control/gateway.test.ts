import { silentLogger } from '@heavylift/core'
import { beforeEach, expect, test } from 'vitest'
import type { Bus } from '../../src/control/broker/bus.ts'
import { factsheetOf } from '../../src/control/fleet/factsheet.ts'
import { SimulatedRobot } from '../../src/control/fleet/simulated-robot.ts'
import { positionOf } from '../../src/control/release/floor-places.ts'
import { RouteBook } from '../../src/control/release/route-book.ts'
import { Gateway } from '../../src/control/session/gateway.ts'
import { toldZones } from '../../src/control/session/zone-sets.ts'
import { topicOf } from '../../src/control/vda5050/protocol.ts'
import { isRefusal, readMessage } from '../../src/control/vda5050/read-message.ts'
import { writeMessage } from '../../src/control/vda5050/write-message.ts'
import { readMap } from '../../src/floor/read-map.ts'

const address = { major: 3, manufacturer: 'made', serialNumber: 'r1' } as const
const places = {
  floor: readMap('type octile\nheight 1\nwidth 8\nmap\n........\n', 'made.map'),
  mapId: 'hall',
  cellMetres: 1,
}
let nowMs: number
let hear: (path: string, payload: Uint8Array) => void
let robot: SimulatedRobot
let entered: string[]
let gateway: Gateway

const say = (): void => {
  const { path, text } = writeMessage(address, 'state', robot.state(nowMs))
  hear(path, Buffer.from(text))
}
/** So many seconds in which the robot drives and says where it is. */
const goOn = (seconds: number): void => {
  for (let tick = 0; tick < seconds * 10; tick++) {
    robot.advance((nowMs += 100))
    say()
    gateway.tick()
  }
}
const tellFactsheet = (): void => {
  const { path, text } = writeMessage(address, 'factsheet', factsheetOf(robot, nowMs))
  hear(path, Buffer.from(text))
}
const closed = (...columns: number[]): void =>
  gateway.setZones(
    toldZones(
      places,
      columns.map((column) => ({
        id: column,
        type: 'BLOCKED',
        top: 0,
        left: column,
        bottom: 0,
        right: column,
        reason: 'spill',
        byWhom: 'somebody',
        at: new Date(nowMs),
      })),
    ),
  )
const enabled = (): number[] =>
  robot.state(nowMs).zoneSets!.map(({ zoneSetStatus }) => (zoneSetStatus === 'ENABLED' ? 1 : 0))
const drive = (cells: number): void =>
  gateway.planned(
    Array.from({ length: cells }, (_, at) => ({
      step: gateway.step + 1 + at,
      actions: Uint8Array.of(0),
      errands: [],
      plannedAtMs: 0,
    })),
  )

beforeEach(async () => {
  nowMs = 1_800_000_000_000
  entered = []
  const start = { nodeId: 'c0', position: { x: 0, y: 0, mapId: 'hall' }, heading: 0 }
  robot = new SimulatedRobot(address, start, { driveMs: 200, turnMs: 100, actionMs: 100 }, (event) => {
    if (event.kind === 'enter') entered.push(event.nodeId)
  })
  const bus: Bus = {
    publish(path, text) {
      const read = readMessage(path, Buffer.from(text))
      if (isRefusal(read)) throw new Error(read.detail)
      if (read.topic === 'order') robot.take(read.message)
      if (read.topic === 'instantActions') robot.takeInstant(read.message)
      if (read.topic === 'zoneSet') robot.takeZoneSet(read.message)
    },
    subscribe: (_filters, onMessage) => {
      hear = onMessage
      return Promise.resolve()
    },
    onAgain: () => undefined,
    lostAtMs: () => null,
    close: () => Promise.resolve(),
  }
  gateway = new Gateway({
    bus,
    floor: { run: 'run', places, robots: [{ ...address, start: 0 }] },
    kept: { step: 0, states: Int32Array.of(0), book: new RouteBook([0]) },
    clock: { nowMs: () => nowMs, monotonicMs: () => nowMs },
    log: silentLogger,
  })
  await gateway.start()
  say()
})

test('nobody is let into a zone with a person, and a robot goes on when it is open [ROBOTS-ZONE-01]', () => {
  gateway.setPersons(new Set([3, 4]))
  drive(6)
  goOn(5)
  expect(entered.at(-1)).toBe('c2')
  gateway.setPersons(new Set())
  goOn(5)
  expect(entered.at(-1)).toBe('c6')
})

test('a robot that is in a zone with a person, or was let into it, stands until it is open, whatever is released [ROBOTS-ZONE-01]', () => {
  drive(6)
  goOn(0.3)
  gateway.setPersons(new Set([3]))
  goOn(1)
  const { length } = entered
  gateway.setStop({ number: 1, isLatched: true, at: new Date(nowMs) })
  gateway.setStop({ number: 1, isLatched: false, at: new Date(nowMs) })
  goOn(3)
  expect(entered.length).toBe(length)
  expect(gateway.statuses()).toEqual(['paused'])
  gateway.setPersons(new Set())
  goOn(5)
  expect(entered.at(-1)).toBe('c6')
  expect(gateway.statuses()).toEqual(['ready'])
})

test('a robot that knows zones is told of a closed one, and of none when it is open again; then it drives on [ROBOTS-ZONE-03]', () => {
  tellFactsheet()
  closed(4)
  goOn(4)
  expect(enabled()).toEqual([1])
  closed()
  // The plan leads there at once, and the robot has yet to hear that it may.
  drive(6)
  goOn(6)
  expect(entered.at(-1)).toBe('c6')
  expect(robot.state(nowMs).errors).toEqual([])
  expect(enabled()).toEqual([1])
})

test('a robot is told of a closed zone once its way does not lead there any more [ROBOTS-ZONE-03]', () => {
  tellFactsheet()
  drive(6)
  closed(4)
  goOn(2.5)
  expect(entered).toContain('c4')
  expect(robot.state(nowMs).errors).toEqual([])
  goOn(4)
  expect(entered.at(-1)).toBe('c6')
  expect(enabled()).toEqual([1])
})

test('a robot whose factsheet names no zones is told of none [ROBOTS-ZONE-03]', () => {
  closed(4)
  goOn(4)
  expect(enabled()).toEqual([])
})

test('a robot refuses a zone set that it has, and to drive into a zone of the enabled one [ROBOTS-ZONE-03]', () => {
  tellFactsheet()
  closed(2)
  goOn(4)
  const [{ zoneSetId } = { zoneSetId: '' }] = robot.state(nowMs).zoneSets!
  const header = { headerId: 9, timestamp: new Date(nowMs).toISOString(), version: '3.0.0', ...address }
  robot.takeZoneSet({ ...header, zoneSet: { mapId: 'hall', zoneSetId, zones: [] } })
  expect(robot.state(nowMs).errors.map(({ errorType }) => errorType)).toEqual(['DUPLICATE_ZONE_SET'])
  robot.take({
    ...header,
    orderId: 'of another',
    orderUpdateId: 0,
    nodes: [0, 1, 2].map((cell) => ({
      nodeId: `c${cell}`,
      sequenceId: cell * 2,
      released: true,
      nodePosition: { ...positionOf(places, cell), mapId: 'hall' },
      actions: [],
    })),
    edges: [1, 3].map((sequenceId) => ({
      edgeId: `e${sequenceId}`,
      sequenceId,
      released: true,
      actions: [],
    })),
  })
  for (let tick = 0; tick < 20; tick++) robot.advance((nowMs += 100))
  expect(entered.at(-1)).toBe('c1')
  expect(robot.state(nowMs).errors.map(({ errorType }) => errorType)).toEqual(['BLOCKED_ZONE_VIOLATION'])
})

test('the release of a stop does not let a robot in quarantine go on [ROBOTS-STOP-02]', () => {
  drive(6)
  goOn(0.3)
  const lie = { ...robot.state(nowMs), lastNodeId: 'c7', lastNodeSequenceId: 900 }
  hear(topicOf(address, 'state'), Buffer.from(JSON.stringify(lie)))
  goOn(0.5)
  const { length } = entered
  gateway.setStop({ number: 1, isLatched: true, at: new Date(nowMs) })
  gateway.setStop({ number: 1, isLatched: false, at: new Date(nowMs) })
  goOn(3)
  expect(gateway.statuses()).toEqual(['quarantined'])
  expect(entered.length).toBe(length)
  gateway.endQuarantine(0)
  goOn(5)
  expect(entered.at(-1)).toBe('c6')
})

test('people see of each robot its state, when it was heard and what it was sent [ROBOTS-CONTROL-03]', () => {
  expect(gateway.rows()).toEqual([['ready', 0, nowMs, nowMs, 100, '']])
  drive(2)
  goOn(3)
  const [[status, cell, heardAtMs, sentAtMs] = []] = gateway.rows()
  expect([status, cell, heardAtMs]).toEqual(['ready', 2, nowMs])
  expect(sentAtMs).toBeLessThan(nowMs)
})
