import { expect, test } from 'vitest'
import { factsheetOf } from '../../src/control/fleet/factsheet.ts'
import { SimulatedRobot, usualBuild } from '../../src/control/fleet/simulated-robot.ts'
import { readMap } from '../../src/floor/read-map.ts'
import { madeLayout } from '../../samples/made-layout.ts'
import { cellAt, cellOfNode, floorPlaces, positionOf } from '../../src/control/release/floor-places.ts'
import { orderText } from '../../src/control/session/order-message.ts'
import { schemaError } from '../../src/control/vda5050/check-schema.ts'
import type { Order } from '../../src/control/vda5050/messages.ts'
import { parseTopic, topicOf, versions } from '../../src/control/vda5050/protocol.ts'
import type { Major, TopicName } from '../../src/control/vda5050/protocol.ts'
import { isRefusal, maximumMessageBytes, readMessage } from '../../src/control/vda5050/read-message.ts'
import { headWriter, headerOf, writeMessage } from '../../src/control/vda5050/write-message.ts'

const majors: Major[] = [2, 3]
const robotOf = (major: Major) => ({ major, manufacturer: 'made', serialNumber: 'r-1' })
const floor = readMap('type octile\nheight 2\nwidth 3\nmap\n...\n...\n', 'made.map')
const places = { floor, mapId: 'hall', cellMetres: 1.5 }

const visits = [
  { cell: 0, errand: null },
  { cell: 1, errand: { task: 7, errand: 1, isLast: false } },
  { cell: 4, errand: { task: 7, errand: 2, isLast: true } },
]

/** A message of each topic, as it is written. */
function written(major: Major): { topic: TopicName; path: string; text: string }[] {
  const robot = robotOf(major)
  const head = headWriter(robot, versions[major])(3, Date.UTC(2026, 0))
  const made = new SimulatedRobot(
    robot,
    { nodeId: 'c0', position: { x: 0, y: 0, mapId: 'hall' }, heading: 0 },
    usualBuild,
    () => undefined,
  )
  const name = { run: 'a', robot: 0, start: 4, again: 0 }
  const order = head + orderText(major, places, name, { from: 4, to: 5, visits })
  const read = readMessage(topicOf(robot, 'order'), Buffer.from(order))
  if (isRefusal(read)) throw new Error(read.detail)
  made.take(read.message as Order)
  const says = (topic: TopicName, text: string) => ({ topic, path: topicOf(robot, topic), text })
  const vertices = [
    { x: 0, y: 0 },
    { x: 1, y: 0 },
    { x: 1, y: 1 },
  ]
  const zones = [{ zoneId: 'a', zoneType: 'BLOCKED', vertices }]
  return [
    says('order', order),
    says(
      'instantActions',
      `${head}"actions":[{"actionType":"startPause","actionId":"x","blockingType":"NONE"}]}`,
    ),
    { topic: 'state', ...writeMessage(robot, 'state', made.state(0)) },
    { topic: 'connection', ...writeMessage(robot, 'connection', made.connection('CONNECTION_BROKEN', 0)) },
    { topic: 'factsheet', ...writeMessage(robot, 'factsheet', factsheetOf(made, 0)) },
    ...(major === 2
      ? []
      : [
          says('zoneSet', `${head}"zoneSet":${JSON.stringify({ mapId: 'hall', zoneSetId: 'z1', zones })}}`),
          says('responses', `${head}"responses":[{"requestId":"q","grantType":"GRANTED"}]}`),
        ]),
  ]
}

/** What is written on a topic of a robot of 3.0.0. */
const of3 = (topic: TopicName) => written(3).find((one) => one.topic === topic)!

test.each(majors)(
  'what is written in version %i fits the published schema and is read back the same [ROBOTS-VDA-01]',
  (major) => {
    for (const { topic, path, text } of written(major)) {
      const read = readMessage(path, Buffer.from(text))
      expect(isRefusal(read) ? `${topic} ${read.detail}` : read.topic).toBe(topic)
      expect(read).toMatchObject({
        robot: robotOf(major),
        message: { manufacturer: 'made', serialNumber: 'r-1', version: versions[major] },
      })
    }
  },
)

test.each(majors)(
  'an order of version %i says the way, what is released of it and the errands [ROBOTS-VDA-01]',
  (major) => {
    const { path, text } = written(major)[0]!
    const read = readMessage(path, Buffer.from(text))
    const node = (
      cell: number,
      sequenceId: number,
      released: boolean,
      x: number,
      y: number,
      actions: object[],
    ) => ({
      nodeId: `c${cell}`,
      sequenceId,
      released,
      nodePosition: { x, y, mapId: 'hall', allowedDeviationXY: { a: 0.15, b: 0.15, theta: 0 } },
      actions,
    })
    const action = (actionType: string, actionId: string) => ({
      actionType,
      actionId,
      blockingType: 'HARD',
      actionParameters: [{ key: 'loadId', value: '7' }],
    })
    const ends = (startNodeId: string, endNodeId: string) => (major === 2 ? { startNodeId, endNodeId } : {})
    expect(read).toMatchObject({
      message: {
        ...headerOf(robotOf(major), 3, Date.UTC(2026, 0)),
        orderId: 'a.0.4.0',
        orderUpdateId: 1,
        nodes: [
          node(0, 0, true, 0, 0, []),
          node(1, 2, true, 1.5, 0, [action('pick', '7-1')]),
          node(4, 4, false, 1.5, -1.5, [action('drop', '7-2')]),
        ],
        edges: [
          { edgeId: 'c0-c1', sequenceId: 1, released: true, ...ends('c0', 'c1'), actions: [] },
          { edgeId: 'c1-c4', sequenceId: 3, released: false, ...ends('c1', 'c4'), actions: [] },
        ],
      },
    })
  },
)

test.each(majors)(
  'a message of version %i without a field that it must have, or with another type, is refused [ROBOTS-VDA-02]',
  (major) => {
    let mutations = 0
    for (const { topic, path, text } of written(major)) {
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
  const { path, text } = of3('connection')
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
  const { path, text } = of3('state')
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

test('a floor of a layout is told by its nodes, its map and its metres [ROBOTS-CONTROL-12]', () => {
  const hall = floorPlaces(madeLayout(2, 3), 'floor-1', 1)
  const stops = [0, 4, 5].map((cell) => ({ cell, errand: null }))
  const text = orderText(
    3,
    hall,
    { run: 'a', robot: 0, start: 0, again: 0 },
    { from: 0, to: 2, visits: stops },
  )
  const { nodes, edges } = JSON.parse(`{${text}`) as Order
  expect(nodes.map(({ nodeId }) => nodeId)).toEqual(['node-0-0', 'node-1-0', 'node-1-1'])
  expect(edges[1]!.edgeId).toBe('node-1-0-node-1-1')
  expect(nodes[2]!.nodePosition).toMatchObject({ x: 11.5, y: -5.5, mapId: 'hall' })
  for (const cell of [0, 3, 6]) expect(cellAt(hall, positionOf(hall, cell))).toBe(cell)
  expect(cellAt(hall, { x: 0, y: 0 })).toBe(-1)
  expect([cellOfNode(hall, 'node-1-1'), cellOfNode(hall, 'c5')]).toEqual([5, -1])
  expect(floorPlaces('type octile\nheight 1\nwidth 2\nmap\n..\n', 'floor-1', 2)).toMatchObject({
    mapId: 'floor-1',
    cellMetres: 2,
  })
})
