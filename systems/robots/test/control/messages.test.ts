import { expect, test } from 'vitest'
import { factsheetOf } from '../../src/control/fleet/factsheet.ts'
import { SimulatedRobot, usualBuild } from '../../src/control/fleet/simulated-robot.ts'
import { readMap } from '../../src/floor/read-map.ts'
import { orderMessage } from '../../src/control/session/order-message.ts'
import { schemaError } from '../../src/control/vda5050/check-schema.ts'
import type { MessageOf, Order } from '../../src/control/vda5050/messages.ts'
import { parseTopic, topicOf } from '../../src/control/vda5050/protocol.ts'
import type { Major, TopicName } from '../../src/control/vda5050/protocol.ts'
import { isRefusal, maximumMessageBytes, readMessage } from '../../src/control/vda5050/read-message.ts'
import { headerOf, writeMessage } from '../../src/control/vda5050/write-message.ts'

const majors: Major[] = [2, 3]
const robotOf = (major: Major) => ({ major, manufacturer: 'made', serialNumber: 'r-1' })
const floor = readMap('type octile\nheight 2\nwidth 3\nmap\n...\n...\n', 'made.map')
const places = { floor, mapId: 'hall', cellMetres: 1.5 }

function messagesOf(major: Major): { [T in TopicName]?: MessageOf[T] } {
  const robot = robotOf(major)
  const header = headerOf(robot, 3, Date.UTC(2026, 0))
  const made = new SimulatedRobot(
    robot,
    { nodeId: 'c0', position: { x: 0, y: 0, mapId: 'hall' }, heading: 0 },
    usualBuild,
    () => undefined,
  )
  const order = orderMessage(
    header,
    places,
    { run: 'a', robot: 0, start: 2, again: 0 },
    {
      from: 4,
      to: 5,
      visits: [
        { cell: 0, errand: null },
        { cell: 1, errand: { task: 7, errand: 1, isLast: false } },
        { cell: 4, errand: { task: 7, errand: 2, isLast: true } },
      ],
    },
  )
  made.take({ ...order, nodes: order.nodes.map((node, at) => ({ ...node, sequenceId: at * 2 })) })
  const shared = {
    order,
    instantActions: {
      ...header,
      actions: [{ actionType: 'startPause', actionId: 'x', blockingType: 'NONE' as const }],
    },
    state: made.state(0),
    connection: made.connection('CONNECTION_BROKEN', 0),
    factsheet: factsheetOf(made, 0),
  }
  if (major === 2) return shared
  return {
    ...shared,
    zoneSet: {
      ...header,
      zoneSet: {
        mapId: 'hall',
        zoneSetId: 'z1',
        zones: [
          {
            zoneId: 'a',
            zoneType: 'BLOCKED',
            vertices: [
              { x: 0, y: 0 },
              { x: 1, y: 0 },
              { x: 1, y: 1 },
            ],
          },
        ],
      },
    },
    responses: { ...header, responses: [{ requestId: 'q', grantType: 'GRANTED' }] },
  }
}

test.each(majors)(
  'what is written in version %i fits the published schema and is read back the same [ROBOTS-VDA-01]',
  (major) => {
    for (const [topic, message] of Object.entries(messagesOf(major)) as [TopicName, MessageOf[TopicName]][]) {
      const { path, text } = writeMessage(robotOf(major), topic, message)
      const read = readMessage(path, Buffer.from(text))
      expect(isRefusal(read) ? `${topic} ${read.detail}` : read.topic).toBe(topic)
      if (!isRefusal(read) && (topic === 'order' || topic === 'connection' || topic === 'instantActions')) {
        const { edges, ...back } = read.message as Order
        const { edges: sent, ...said } = message as Order
        expect(back).toEqual(said)
        if (topic === 'order') expect(edges).toMatchObject(sent)
      }
    }
  },
)

test.each(majors)(
  'a message of version %i without a field that it must have, or with another type, is refused [ROBOTS-VDA-02]',
  (major) => {
    let mutations = 0
    for (const [topic, message] of Object.entries(messagesOf(major)) as [TopicName, MessageOf[TopicName]][]) {
      const { path, text } = writeMessage(robotOf(major), topic, message)
      for (const field of Object.keys(JSON.parse(text) as object)) {
        const whole = JSON.parse(text) as Record<string, unknown>
        for (const wrong of [{ ...whole, [field]: { not: 'this' } }, omit(whole, field)]) {
          const says = schemaError(major, topic, wrong)
          // Objects and optional fields take either.
          if (says === null) continue
          mutations++
          expect(readMessage(path, Buffer.from(JSON.stringify(wrong)))).toMatchObject({ reason: 'schema' })
        }
      }
    }
    expect(mutations).toBeGreaterThan(60)
  },
)

test('refuses what is too large, no JSON, for another robot or of another version [ROBOTS-VDA-03]', () => {
  const robot = robotOf(3)
  const { path, text } = writeMessage(robot, 'connection', messagesOf(3).connection!)
  const read = (at: string, bytes: string) => readMessage(at, Buffer.from(bytes))
  expect(read(path, text)).toMatchObject({ topic: 'connection' })
  expect(read(path, ' '.repeat(maximumMessageBytes + 1))).toMatchObject({ reason: 'oversize' })
  expect(read(path, text.slice(0, -1))).toMatchObject({ reason: 'not-json' })
  expect(readMessage(path, Uint8Array.of(0xff, 0xfe))).toMatchObject({ reason: 'not-json' })
  expect(read(topicOf({ ...robot, serialNumber: 'r-2' }, 'connection'), text)).toMatchObject({
    reason: 'wrong-robot',
  })
  expect(read(path, text.replace('3.0.0', '2.1.0'))).toMatchObject({ reason: 'wrong-version' })
  expect(read('vda5050/v3/made/r-1/secrets', text)).toMatchObject({ reason: 'unknown-topic' })
})

test('null for an optional field is no field, and for a field that must be there it is refused [ROBOTS-VDA-02]', () => {
  const { path, text } = writeMessage(robotOf(3), 'state', messagesOf(3).state!)
  const read = (fields: object) =>
    readMessage(path, Buffer.from(JSON.stringify({ ...(JSON.parse(text) as object), ...fields })))
  expect(read({ velocity: null, loads: null })).toMatchObject({ topic: 'state' })
  expect(read({ orderId: null })).toMatchObject({ reason: 'schema' })
})

test('topics of both versions are read, and nothing else is one [ROBOTS-VDA-03]', () => {
  for (const major of majors)
    expect(parseTopic(topicOf(robotOf(major), 'state'))).toEqual({ robot: robotOf(major), topic: 'state' })
  for (const wrong of [
    'vda5050/v2/a/b/state',
    'vda5050/v3/a/b/c/state',
    'vda5050/v3//b/state',
    'vda5050/v3/+/b/state',
    'uagv/v2/a/b/zoneSet',
    '$SYS/x',
    '',
  ])
    expect(parseTopic(wrong)).toBeNull()
})

function omit(whole: Record<string, unknown>, field: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(whole).filter(([name]) => name !== field))
}
