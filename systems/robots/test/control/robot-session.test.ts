import { beforeEach, expect, test } from 'vitest'
import { SimulatedRobot } from '../../src/control/fleet/simulated-robot.ts'
import { RouteBook } from '../../src/control/release/route-book.ts'
import { RobotSession, usualSession } from '../../src/control/session/robot-session.ts'
import type { Outgoing } from '../../src/control/session/robot-session.ts'
import type { MessageOf, RobotState } from '../../src/control/vda5050/messages.ts'
import type { RobotTopic } from '../../src/control/vda5050/protocol.ts'
import { isRefusal, readMessage } from '../../src/control/vda5050/read-message.ts'
import type { Received } from '../../src/control/vda5050/read-message.ts'
import { readMap } from '../../src/floor/read-map.ts'

const address = { major: 3, manufacturer: 'made', serialNumber: 'r1' } as const
const floor = readMap('type octile\nheight 1\nwidth 8\nmap\n........\n', 'made.map')
const places = { floor, mapId: 'hall', cellMetres: 1 }

let book: RouteBook
let session: RobotSession
let robot: SimulatedRobot
let nowMs: number
let done: string[]

const newSession = (): RobotSession => new RobotSession(0, address, 'run', places, book, usualSession, 100)

beforeEach(() => {
  nowMs = 1_000_000
  done = []
  book = new RouteBook([0])
  session = newSession()
  robot = new SimulatedRobot(
    address,
    { nodeId: 'c0', position: { x: 0, y: 0, mapId: 'hall' }, heading: 0 },
    { driveMs: 100, turnMs: 100, actionMs: 100 },
    (event) => {
      if (event.kind === 'action') done.push(event.actionId)
    },
  )
})

const hear = <T extends RobotTopic>(topic: T, message: MessageOf[T]) =>
  session.receive({ robot: address, topic, message } as Received, nowMs)
const say = () => hear('state', robot.state(nowMs))
const due = (): Outgoing[] => session.due((nowMs += 500))
const give = (messages: Outgoing[]): void => {
  for (const { path, text } of messages) {
    const read = readMessage(path, Buffer.from(text))
    if (isRefusal(read)) throw new Error(read.detail)
    if (read.topic === 'order') robot.take(read.message)
    if (read.topic === 'instantActions') robot.takeInstant(read.message)
  }
}
const drive = (ms: number): void => {
  for (let step = 0; step < ms; step += 50) robot.advance((nowMs += 50))
}
const orders = (messages: Outgoing[]): Outgoing[] => messages.filter(({ path }) => path.endsWith('/order'))

test('an order that got lost is sent again until a state shows it, and then no more [ROBOTS-CONTROL-01]', () => {
  book.append(0, 1)
  book.append(0, 2, { task: 4, errand: 1, isLast: true })
  say()
  const [first] = orders(due())
  const [again] = orders(due())
  const { headerId, timestamp, ...said } = JSON.parse(first!.text) as MessageOf['order']
  expect(JSON.parse(again!.text)).toMatchObject({ ...said, headerId: headerId + 1 })
  expect(timestamp).not.toBe((JSON.parse(again!.text) as MessageOf['order']).timestamp)
  give([again!])
  give([first!])
  expect(say().refusal).toBeNull()
  expect(orders(due())).toEqual([])
  drive(1000)
  expect(say()).toMatchObject({ done: [{ task: 4, errand: 1 }] })
  expect(book.standsAt(0)).toBe(2)
  expect(done).toEqual(['4-1'])
})

test('who takes the place of the control goes on with the order that the robot has [ROBOTS-CONTROL-02]', () => {
  for (const cell of [1, 2, 3, 4, 5, 6, 7]) book.append(0, cell)
  say()
  give(due())
  const kept = JSON.parse(JSON.stringify(book.snapshot()))
  drive(250)
  book = RouteBook.restore(kept)
  session = newSession()
  expect(
    due()
      .map(({ text }) => text)
      .join(),
  ).toContain('stateRequest')
  say()
  expect(book.standsAt(0)).toBe(2)
  give(due())
  drive(1000)
  say()
  give(due())
  drive(1000)
  say()
  expect(robot.state(nowMs)).toMatchObject({ lastNodeId: 'c7', errors: [] })
  expect(book.backlog(0)).toBe(0)
})

test.each<[string, Partial<RobotState>]>([
  ['a node that it was never given', { lastNodeId: 'c7', lastNodeSequenceId: 14 }],
  ['another node than the one of its sequence', { lastNodeId: 'c7' }],
  ['an order that goes on further than what it was given', { orderUpdateId: 9 }],
  [
    'a position off its way',
    { mobileRobotPosition: { x: 7, y: 0, theta: 0, mapId: 'hall', localized: true } },
  ],
  ['another map', { mobileRobotPosition: { x: 0, y: 0, theta: 0, mapId: 'attic', localized: true } }],
])(
  'a robot that says %s is quarantined: it gets no order until an operator has looked [ROBOTS-CONTROL-03]',
  (_what, lie) => {
    book.append(0, 1)
    say()
    give(due())
    nowMs += 20_000
    say()
    hear('state', { ...robot.state(nowMs), ...lie })
    expect(session.status).toBe('quarantined')
    book.append(0, 2)
    expect(orders(due())).toEqual([])
    session.endQuarantine()
    say()
    expect(session.status).toBe('ready')
    drive(500)
    say()
    expect(orders(due())).toHaveLength(1)
  },
)

test('messages that were there, or come too late, are refused; a robot that starts again is not [ROBOTS-CONTROL-04]', () => {
  hear('connection', robot.connection('ONLINE', nowMs))
  const [first, second] = [robot.state(nowMs), robot.state(nowMs)]
  expect(hear('state', second).refusal).toBeNull()
  expect(hear('state', second).refusal).toMatchObject({ reason: 'replayed' })
  expect(hear('state', first).refusal).toMatchObject({ reason: 'older-header' })
  hear('connection', { ...robot.connection('ONLINE', nowMs), headerId: 8 })
  // The same old word again, as somebody who recorded it would send it.
  expect(hear('connection', robot.connection('OFFLINE', nowMs - 60_000)).refusal).not.toBeNull()
  expect(hear('connection', { ...robot.connection('ONLINE', nowMs + 10), headerId: 0 }).refusal).toBeNull()
  expect(hear('state', { ...first, headerId: 0 }).refusal).toBeNull()
})

test('an unplugged robot is out of reach by its last will, which is older than all that it said; one of an earlier connection says nothing [ROBOTS-CONTROL-04]', () => {
  const [firstWill, first] = [
    robot.connection('CONNECTION_BROKEN', nowMs),
    robot.connection('ONLINE', nowMs + 1),
  ]
  hear('connection', first)
  say()
  nowMs += 5000
  const will = robot.connection('CONNECTION_BROKEN', nowMs)
  hear('connection', robot.connection('ONLINE', nowMs + 1))
  nowMs += 5000
  say()
  expect(hear('connection', firstWill).refusal).toMatchObject({ reason: 'older-header' })
  expect(session.status).toBe('ready')
  expect(hear('connection', will).refusal).toBeNull()
  expect(session.status).toBe('lost')
  say()
  expect(session.status).toBe('ready')
})

test('a robot that has said nothing for three times as long as it may is out of reach until it is heard, and is asked [ROBOTS-CONTROL-04]', () => {
  hear('connection', robot.connection('ONLINE', nowMs))
  say()
  due()
  session.noteTime((nowMs += 80_000))
  expect(session.status).toBe('ready')
  session.noteTime((nowMs += 10_000))
  expect(session.status).toBe('lost')
  expect(due().map(({ text }) => text)).toEqual([expect.stringContaining('stateRequest')])
  say()
  expect(session.status).toBe('ready')
})

test.each([-5000, 5000])(
  'a robot whose clock is off by %i ms is driven as any other [ROBOTS-CONTROL-05]',
  (skewMs) => {
    book.append(0, 1)
    hear('connection', robot.connection('ONLINE', nowMs + skewMs))
    expect(hear('state', robot.state(nowMs + skewMs)).refusal).toBeNull()
    give(due())
    drive(500)
    expect(hear('state', robot.state(nowMs + skewMs)).refusal).toBeNull()
    expect(book.standsAt(0)).toBe(1)
  },
)

test('a pause is sent until the robot stands, and no order comes meanwhile [ROBOTS-STOP-01]', () => {
  book.append(0, 1)
  say()
  session.pause(true, 'stop-1')
  expect(due()).toHaveLength(1)
  const [again, ...more] = due()
  expect(more).toEqual([])
  give([again!])
  say()
  expect(session.isPaused).toBe(true)
  expect(due()).toEqual([])
  // Somebody at the robot lets it go: it is stopped again.
  robot.takeInstant({
    ...robot.connection('ONLINE', nowMs),
    actions: [{ actionType: 'stopPause', actionId: 'hand', blockingType: 'NONE' }],
  })
  say()
  give(due())
  say()
  expect(session.isPaused).toBe(true)
  session.pause(false, 'release-1')
  give(due())
  say()
  expect(session.status).toBe('ready')
  expect(robot.state(nowMs)).toMatchObject({ paused: false, orderUpdateId: 1 })
})

test('a robot that was made to drop its order gets another one from where it is [ROBOTS-CONTROL-02]', () => {
  for (const cell of [1, 2, 3, 4, 5, 6, 7]) book.append(0, cell)
  say()
  give(due())
  for (const at of [0, 100]) {
    drive(at)
    robot.takeInstant({
      ...robot.connection('ONLINE', nowMs),
      actions: [{ actionType: 'cancelOrder', actionId: `by hand ${at}`, blockingType: 'NONE' }],
    })
    drive(200)
    say()
    give(due())
    say()
    give(due())
    say()
  }
  drive(1000)
  say()
  give(due())
  drive(1000)
  say()
  expect(robot.state(nowMs)).toMatchObject({ lastNodeId: 'c7', errors: [] })
  expect(book.backlog(0)).toBe(0)
})

test('an order whose first update the robot has, and the control forgot, goes on from what it has [ROBOTS-CONTROL-01]', () => {
  book.append(0, 1)
  say()
  const early = robot.state(nowMs)
  give(due())
  hear('state', { ...early, headerId: early.headerId })
  book.append(0, 2)
  say()
  give(due())
  drive(1000)
  say()
  expect(robot.state(nowMs)).toMatchObject({ lastNodeId: 'c2', errors: [] })
})

test('a robot in a mode in which it takes no orders gets none [ROBOTS-CONTROL-06]', () => {
  book.append(0, 1)
  hear('state', { ...robot.state(nowMs), operatingMode: 'MANUAL' })
  expect(session.status).toBe('away')
  expect(due()).toEqual([])
})

test('a robot is answered in the minor version that it speaks [ROBOTS-CONTROL-10]', () => {
  book.append(0, 1)
  hear('state', { ...robot.state(nowMs), version: '3.0.1' })
  expect(JSON.parse(orders(due())[0]!.text)).toMatchObject({ version: '3.0.1' })
})

test('a robot that holds fewer nodes is given fewer at once [ROBOTS-CONTROL-07]', () => {
  for (const cell of [1, 2, 3, 4, 5, 6, 7]) book.append(0, cell)
  hear('factsheet', {
    ...robot.connection('ONLINE', nowMs),
    typeSpecification: { seriesName: 'small' },
    physicalParameters: { maximumSpeed: 1, width: 1, length: 1 },
    protocolLimits: { maximumArrayLengths: { 'order.nodes': 4 } },
  })
  say()
  const { nodes } = JSON.parse(orders(due())[0]!.text) as MessageOf['order']
  expect(nodes).toHaveLength(4)
  expect(nodes.map(({ released }) => released)).toEqual([true, true, false, false])
})

test('a robot is asked for its state when what it said may be lost, until it says it [ROBOTS-CONTROL-01]', () => {
  const asked = () =>
    due().flatMap(({ path, text }) =>
      path.endsWith('/instantActions')
        ? (JSON.parse(text) as MessageOf['instantActions']).actions.map(({ actionType }) => actionType)
        : [],
    )
  expect(asked()).toEqual(['stateRequest'])
  say()
  expect(asked()).toEqual([])
  session.askState()
  expect(asked()).toEqual(['stateRequest'])
  expect(asked()).toEqual(['stateRequest'])
  say()
  expect(asked()).toEqual([])
})

test('a robot that leaves out whether it is paused is believed by the pause that it has finished [ROBOTS-STOP-01]', () => {
  const sayWithout = (): void => {
    const { paused: _, ...state } = robot.state(nowMs)
    hear('state', state)
  }
  sayWithout()
  expect(session.status).toBe('ready')
  session.pause(true, 'stop-1')
  expect(due()).toHaveLength(1)
  give(due())
  expect(session.isPaused).toBe(false)
  sayWithout()
  expect(session.isPaused).toBe(true)
  expect(due()).toEqual([])
  session.pause(false, 'release-1')
  give(due())
  sayWithout()
  expect(session.status).toBe('ready')
  expect(due()).toEqual([])
})
