import { silentLogger } from '@heavylift/core'
import { beforeEach, expect, test } from 'vitest'
import type { Bus } from '../../src/control/broker/bus.ts'
import { SimulatedRobot } from '../../src/control/fleet/simulated-robot.ts'
import { RouteBook } from '../../src/control/release/route-book.ts'
import { Gateway } from '../../src/control/session/gateway.ts'
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
    },
    subscribe: (_filters, onMessage) => {
      hear = onMessage
      return Promise.resolve()
    },
    onAgain: () => undefined,
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
