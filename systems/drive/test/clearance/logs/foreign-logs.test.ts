import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isThere, stateAt } from '../../../src/clearance/logs/drive-log.ts'
import type { DriveLog } from '../../../src/clearance/logs/drive-log.ts'
import { eventScenario, roadsOf } from '../../../src/clearance/logs/event-scenario.ts'
import { mineEvents } from '../../../src/clearance/logs/mine-events.ts'
import { readLog } from '../../../src/clearance/logs/read-log.ts'
import { readOsi } from '../../../src/clearance/logs/read-osi.ts'
import { recordCase } from '../../../src/clearance/suites/run-case.ts'
import { versionNamed } from '../../../src/driver/versions/versions.ts'
import { writeOpenDrive } from '../../../src/world/opendrive/write-opendrive.ts'
import { writeOpenScenario } from '../../../src/world/openscenario/write-openscenario.ts'
import {
  madeMcap,
  osiGroundTruth,
  osiObject,
  osiSensorView,
  osiTrace,
  protobufChannel,
  rosChannel,
} from '../../support/foreign-logs.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foreign-'))
})
afterAll(() => rm(folder, { recursive: true }))

const times = Array.from({ length: 81 }, (_, i) => i / 10)
/** Along x at 15 m/s from −20; the other 25 m ahead at 9 m/s, from the lane to the left into the vehicle's between 2 and 4 s. */
const egoX = (timeS: number) => -20 + 15 * timeS
const otherX = (timeS: number) => 25 + 9 * timeS
const otherY = (timeS: number) => 3.5 * (1 - Math.min(1, Math.max(0, (timeS - 2) / 2)))
const along = { x: 0, y: 0, z: 0, w: 1 }

async function written(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return path
}

function at(log: DriveLog, name: string, timeS: number): number[] {
  const agent = log.agents.findIndex((one) => one.name === name)
  const frame = log.times.findIndex((time) => Math.abs(time - timeS) < 1e-6)
  const start = stateAt(log, frame, agent)
  return [...log.states.subarray(start, start + 4)]
}

/** The cut-in is found, and its scenario runs by itself and with a driver. */
async function closes(log: DriveLog, name: string): Promise<void> {
  const event = mineEvents(log).find(({ kind }) => kind === 'cut-in')
  if (!event) throw new Error('The cut-in was not found.')
  await writeFile(join(folder, `${name}.xodr`), writeOpenDrive(roadsOf(log)))
  const file = join(folder, `${name}.xosc`)
  await writeFile(file, writeOpenScenario(eventScenario(log, event, `${name}.xodr`)))
  const source = { kind: 'file', path: file } as const
  const one = { id: name, scenarioClass: 'log', source, parameters: {}, seed: 1, weight: 1 }
  const replay = await recordCase(one, versionNamed('scenario'))
  expect(replay.recording.frames.length).toBeGreaterThan(50)
  const driven = await recordCase(one, versionNamed('idm'))
  expect(driven.result.metrics.progressM).toBeGreaterThan(30)
}

const osiMessage = (timeS: number) =>
  osiGroundTruth(timeS, 7, [
    osiObject(7, egoX(timeS), 0, 15),
    osiObject(8, otherX(timeS), otherY(timeS), 9, 7),
    osiObject(9, 40, 8, 1, 0, 3),
  ])

describe('OSI', () => {
  test('a trace of SensorView is the log of its host, with kinds and speeds, and what is mined of it runs [DRIVE-LOG-07][DRIVE-LOG-08]', async () => {
    const path = await written(
      'run_sv_370.osi',
      osiTrace(times.map((timeS) => osiSensorView(timeS, 7, osiMessage(timeS)))),
    )
    const log = await readLog(path)
    expect(log.agents.map(({ name, kind }) => [name, kind])).toEqual([
      ['7', 'car'],
      ['8', 'truck'],
      ['9', 'pedestrian'],
    ])
    expect(log.ego).toBe(0)
    expect(log.times[13]).toBeCloseTo(1.3, 9)
    const [x = 0, y = 0, heading = 0, speed = 0] = at(log, '8', 3)
    expect([x, y, heading, speed]).toEqual([52, 1.75, 0, 9])
    await closes(log, 'osi')
  })

  test('a trace of GroundTruth needs no name that says so, and another vehicle may be asked for [DRIVE-LOG-07]', async () => {
    const path = await written('run.osi', osiTrace(times.map(osiMessage)))
    expect((await readLog(path)).ego).toBe(0)
    expect((await readLog(path, { ego: '8' })).ego).toBe(1)
  })

  test('a trace that ends too early, or is none, is refused, whatever its bytes [DRIVE-LOG-07]', () => {
    const whole = osiTrace(times.slice(0, 3).map(osiMessage))
    expect(() => readOsi('run_sd_370.osi', whole, null)).toThrow(
      'run_sd_370.osi: is a trace of SensorData by its name; SensorView and GroundTruth are read',
    )
    expect(() => readOsi('a.osi', whole.subarray(0, whole.length - 5), null)).toThrow(
      'a.osi: is no OSI trace, or ends too early: message 3 is longer than the file.',
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(whole.length - 1), (noise, from) => {
        const bytes = Uint8Array.from(whole)
        bytes.set(noise.subarray(0, bytes.length - from), from)
        try {
          readOsi('a.osi', bytes, null)
        } catch (error) {
          expect(error).toMatchObject({ code: 'log-invalid' })
        }
      }),
    )
  })
})

const cubes = {
  SceneUpdate: { entities: [2, 'SceneEntity[]'] },
  SceneEntity: {
    frame_id: [2, 'string'],
    id: [3, 'string'],
    metadata: [6, 'KeyValuePair[]'],
    cubes: [8, 'CubePrimitive[]'],
  },
  KeyValuePair: { key: [1, 'string'], value: [2, 'string'] },
  CubePrimitive: { pose: [1, 'Pose'], size: [2, 'Vector3'] },
  Pose: { position: [1, 'Vector3'], orientation: [2, 'Quaternion'] },
  Vector3: { x: [1, 'double'], y: [2, 'double'], z: [3, 'double'] },
  Quaternion: { x: [1, 'double'], y: [2, 'double'], z: [3, 'double'], w: [4, 'double'] },
} satisfies Record<string, Record<string, [number, string]>>

const odometryText = `std_msgs/Header header
string child_frame_id
geometry_msgs/PoseWithCovariance pose
geometry_msgs/TwistWithCovariance twist
================================================================================
MSG: std_msgs/Header
builtin_interfaces/Time stamp
string frame_id
================================================================================
MSG: geometry_msgs/PoseWithCovariance
geometry_msgs/Pose pose
float64[36] covariance
================================================================================
MSG: geometry_msgs/TwistWithCovariance
geometry_msgs/Twist twist
float64[36] covariance
================================================================================
MSG: geometry_msgs/Pose
geometry_msgs/Point position
geometry_msgs/Quaternion orientation
================================================================================
MSG: geometry_msgs/Twist
geometry_msgs/Vector3 linear
geometry_msgs/Vector3 angular
================================================================================
MSG: geometry_msgs/Point
float64 x
float64 y
float64 z
================================================================================
MSG: geometry_msgs/Vector3
float64 x
float64 y
float64 z
================================================================================
MSG: geometry_msgs/Quaternion
float64 x
float64 y
float64 z
float64 w
================================================================================
MSG: builtin_interfaces/Time
int32 sec
uint32 nanosec
`
const markersText = `visualization_msgs/Marker[] markers
================================================================================
MSG: visualization_msgs/Marker
std_msgs/Header header
string ns
int32 id
int32 type
int32 action
geometry_msgs/Pose pose
geometry_msgs/Vector3 scale
${odometryText.slice(odometryText.indexOf('====='))}`

const odometry = (timeS: number) => ({
  header: { stamp: { sec: 0, nanosec: 0 }, frame_id: 'map' },
  child_frame_id: 'base_link',
  pose: {
    pose: { position: { x: egoX(timeS), y: 0, z: 0 }, orientation: along },
    covariance: new Float64Array(36),
  },
  twist: {
    twist: { linear: { x: 15, y: 0, z: 0 }, angular: { x: 0, y: 0, z: 0 } },
    covariance: new Float64Array(36),
  },
})
const marker = (id: number, frame: string, x: number, y: number) => ({
  header: { stamp: { sec: 0, nanosec: 0 }, frame_id: frame },
  ns: 'car',
  id,
  type: 1,
  action: 0,
  pose: { position: { x, y, z: 0 }, orientation: along },
  scale: { x: 4.5, y: 1.8, z: 1.5 },
})

describe('MCAP of others', () => {
  test('protobuf is read by the schema in the file, and what is mined of it runs [DRIVE-LOG-06][DRIVE-LOG-08]', async () => {
    const channel = protobufChannel('/objects', 'foxglove.SceneUpdate', cubes)
    const entity = (id: string, x: number, y: number) => ({
      frame_id: 'map',
      id,
      metadata: [{ key: 'category', value: 'vehicle.car' }],
      cubes: [{ pose: { position: { x, y, z: 0 }, orientation: along }, size: { x: 4.5, y: 1.8, z: 1.5 } }],
    })
    const messages = times.map((timeS) => ({
      channel,
      timeS,
      content: { entities: [entity('ego', egoX(timeS), 0), entity('b', otherX(timeS), otherY(timeS))] },
    }))
    const log = await readLog(await written('scene.mcap', await madeMcap(messages)))
    expect(log.agents.map(({ name, kind }) => [name, kind])).toEqual([
      ['ego', 'car'],
      ['b', 'car'],
    ])
    await closes(log, 'protobuf')
  })

  test('ROS 2’s CDR is read: the vehicle by its odometry at the moments of the objects, which are moved out of its frame [DRIVE-LOG-06][DRIVE-LOG-08]', async () => {
    const pose = rosChannel('/odom', 'nav_msgs/msg/Odometry', odometryText)
    const near = rosChannel('/objects', 'visualization_msgs/msg/MarkerArray', markersText)
    const doubles = rosChannel('/fused', 'visualization_msgs/msg/MarkerArray', markersText)
    const messages = times.flatMap((timeS) => [
      { channel: pose, timeS: timeS - 0.05, content: odometry(timeS - 0.05) },
      { channel: pose, timeS, content: odometry(timeS) },
      {
        channel: near,
        timeS,
        content: {
          markers: [
            marker(1, 'base_link', otherX(timeS) - egoX(timeS), otherY(timeS)),
            marker(2, 'base_link', 60 - egoX(timeS), 7),
          ],
        },
      },
      { channel: doubles, timeS, content: { markers: [marker(91, 'map', otherX(timeS), otherY(timeS))] } },
    ])
    const path = await written('bag.mcap', await madeMcap(messages.slice(1)))
    const log = await readLog(path)
    expect(log.agents.map(({ name }) => name)).toEqual(['Ego', 'car/1', 'car/2'])
    expect(log.otherTopics).toEqual(['/fused'])
    expect(log.times).toHaveLength(times.length)
    expect(isThere(log, 40, 0)).toBe(true)
    expect(at(log, 'Ego', 4)).toEqual([egoX(4), 0, 0, 15])
    const [x = 0, y = 0] = at(log, 'car/1', 3)
    expect(x).toBeCloseTo(otherX(3), 9)
    expect(y).toBeCloseTo(otherY(3), 9)
    await closes(log, 'cdr')
    const both = await readLog(path, { topics: ['/objects', '/fused'] })
    expect(both.agents.map(({ name }) => name)).toContain('car/91')
  })

  test('a file with bytes changed is read or refused as no log, and nothing else [DRIVE-LOG-08]', async () => {
    const channel = rosChannel('/odom', 'nav_msgs/msg/Odometry', odometryText)
    const whole = await madeMcap(
      times.slice(0, 10).map((timeS) => ({ channel, timeS, content: odometry(timeS) })),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.uint8Array({ minLength: 1, maxLength: 8 }),
        async (from, noise) => {
          const bytes = Uint8Array.from(whole)
          bytes.set(noise.subarray(0, bytes.length - from), from)
          const path = await written('changed.mcap', bytes)
          await readLog(path).catch((error: unknown) => expect(error).toMatchObject({ code: 'log-invalid' }))
        },
      ),
      { numRuns: 60 },
    )
  })

  test('a file of which nothing is known says what it has and what is read [DRIVE-LOG-08]', async () => {
    const channel = rosChannel('/chatter', 'std_msgs/msg/String', 'string data\n')
    const path = await written('other.mcap', await madeMcap([{ channel, timeS: 0, content: { data: 'a' } }]))
    await expect(readLog(path)).rejects.toThrow(
      /other\.mcap: has no road users that can be read\. It has \/chatter \(std_msgs\/msg\/String, cdr\)\. Read are JSON, protobuf and ROS 2 CDR/,
    )
  })
})
