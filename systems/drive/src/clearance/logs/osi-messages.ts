import { create, createFileRegistry, fromBinary } from '@bufbuild/protobuf'
import type { DescMessage } from '@bufbuild/protobuf'
import {
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
  FileDescriptorSetSchema,
} from '@bufbuild/protobuf/wkt'
import { kindOf } from './kind-of.ts'
import type { Observation, Seen } from './observation.ts'
import type { AgentKind } from '../../world/scene/agent-table.ts'

type Scalar = 'double' | 'int64' | 'uint32' | 'uint64' | 'enum'
/** A field: its number, and a scalar or the name of a message; `[]` after it where there are many. */
type Field = readonly [number: number, type: string]

/**
 * What is read of ASAM OSI 3, by the field numbers of its documentation (opensimulationinterface.github.io, classes SensorView, GroundTruth, MovingObject,
 * StationaryObject, BaseMoving, BaseStationary). All else in a message is passed over.
 */
const messages: Record<string, Record<string, Field>> = {
  SensorView: {
    timestamp: [2, 'Timestamp'],
    global_ground_truth: [7, 'GroundTruth'],
    host_vehicle_id: [8, 'Identifier'],
  },
  GroundTruth: {
    timestamp: [2, 'Timestamp'],
    host_vehicle_id: [3, 'Identifier'],
    stationary_object: [4, 'Stationary[]'],
    moving_object: [5, 'Moving[]'],
  },
  Timestamp: { seconds: [1, 'int64'], nanos: [2, 'uint32'] },
  Identifier: { value: [1, 'uint64'] },
  Moving: {
    id: [1, 'Identifier'],
    base: [2, 'Base'],
    type: [3, 'enum'],
    vehicle_classification: [6, 'VehicleClass'],
  },
  VehicleClass: { type: [1, 'enum'] },
  Stationary: { id: [1, 'Identifier'], base: [2, 'Base'] },
  Base: {
    dimension: [1, 'Dimension'],
    position: [2, 'Vector'],
    orientation: [3, 'Orientation'],
    velocity: [4, 'Vector'],
    acceleration: [5, 'Vector'],
  },
  Dimension: { length: [1, 'double'], width: [2, 'double'], height: [3, 'double'] },
  Vector: { x: [1, 'double'], y: [2, 'double'], z: [3, 'double'] },
  Orientation: { roll: [1, 'double'], pitch: [2, 'double'], yaw: [3, 'double'] },
}

const scalars: Record<Scalar, Type> = {
  double: Type.DOUBLE,
  int64: Type.INT64,
  uint32: Type.UINT32,
  uint64: Type.UINT64,
  // Read as a number: what the names of its values are does not matter here.
  enum: Type.INT32,
}

const registry = createFileRegistry(
  create(FileDescriptorSetSchema, {
    file: [
      {
        name: 'osi-read.proto',
        syntax: 'proto2',
        package: 'osi3',
        messageType: Object.entries(messages).map(([name, fields]) => ({
          name,
          field: Object.entries(fields).map(([field, [number, type]]) => {
            const one = type.replace('[]', '')
            const scalar = scalars[one as Scalar] as Type | undefined
            return {
              name: field,
              number,
              label: type.endsWith('[]') ? Label.REPEATED : Label.OPTIONAL,
              ...(scalar === undefined ? { type: Type.MESSAGE, typeName: `.osi3.${one}` } : { type: scalar }),
            }
          }),
        })),
      },
    ],
  }),
)

interface Vector {
  x?: number
  y?: number
  z?: number
}
interface Base {
  dimension?: { length?: number; width?: number; height?: number }
  position?: Vector
  orientation?: { yaw?: number }
  velocity?: Vector
  acceleration?: Vector
}
interface Identifier {
  value: bigint
}
interface Timestamp {
  seconds: bigint
  nanos: number
}
interface GroundTruth {
  timestamp?: Timestamp
  hostVehicleId?: Identifier
  stationaryObject: { id?: Identifier; base?: Base }[]
  movingObject: { id?: Identifier; base?: Base; type?: number; vehicleClassification?: { type?: number } }[]
}
interface SensorView {
  timestamp?: Timestamp
  globalGroundTruth?: GroundTruth
  hostVehicleId?: Identifier
}

export type OsiType = 'SensorView' | 'GroundTruth'

/** What stands further from the host vehicle than this is passed over: traces have every tree of their map in each message. */
const standingM = 150

export function isOsiType(schema: string): boolean {
  return schema === 'osi3.SensorView' || schema === 'osi3.GroundTruth'
}

const descriptorOf = (type: OsiType) => registry.getMessage(`osi3.${type}`) as DescMessage

/** By MovingObject.Type. */
const movingKinds: Record<number, AgentKind> = { 3: 'pedestrian', 4: 'animal' }
/** By VehicleClassification.Type: vans and what is drawn are as long as they are, the rest are cars. */
const vehicleKinds: Record<number, AgentKind> = {
  7: 'truck',
  8: 'truck',
  9: 'truck',
  10: 'motorcycle',
  11: 'bicycle',
  12: 'bus',
  13: 'bus',
  14: 'truck',
  16: 'truck',
  2: 'car',
  3: 'car',
  4: 'car',
  5: 'car',
  6: 'car',
}

const along = (vector: Vector | undefined, yaw: number) =>
  vector === undefined ? NaN : (vector.x ?? 0) * Math.cos(yaw) + (vector.y ?? 0) * Math.sin(yaw)

function seenOf(id: Identifier | undefined, base: Base | undefined, kind: AgentKind | null): Seen[] {
  const { x, y } = base?.position ?? {}
  const { length = 0, width = 0, height = 1.6 } = base?.dimension ?? {}
  if (id === undefined || x === undefined || y === undefined || !(length > 0) || !(width > 0)) return []
  const yaw = base?.orientation?.yaw ?? 0
  return [
    {
      name: `${id.value}`,
      kind: kind ?? kindOf(undefined, { x: length, y: width }),
      lengthM: length,
      widthM: width,
      heightM: height,
      x,
      y,
      heading: yaw,
      speedMps: along(base?.velocity, yaw),
      accelerationMps2: along(base?.acceleration, yaw),
    },
  ]
}

/** What a message of OSI tells: everybody of the ground truth, in its own time. Throws where the bytes are no such message. */
export function observeOsi(type: OsiType, bytes: Uint8Array, topic: string): Observation | null {
  const message = fromBinary(descriptorOf(type), bytes) as unknown as SensorView & GroundTruth
  const view = type === 'SensorView' ? (message as SensorView) : null
  const truth = view ? view.globalGroundTruth : (message as GroundTruth)
  const time = truth?.timestamp ?? message.timestamp
  if (!truth || !time) return null
  const host = view?.hostVehicleId ?? truth.hostVehicleId
  const moving = truth.movingObject.flatMap(({ id, base, type: moves, vehicleClassification }) =>
    seenOf(id, base, movingKinds[moves ?? 0] ?? vehicleKinds[vehicleClassification?.type ?? 0] ?? null),
  )
  const own = moving.find(({ name }) => host && name === `${host.value}`) ?? moving[0]
  const standing = truth.stationaryObject
    .flatMap(({ id, base }) => seenOf(id, base, 'object'))
    .filter(({ x, y }) => !own || Math.hypot(x - own.x, y - own.y) <= standingM)
  return {
    topic,
    timeS: Number(time.seconds) + time.nanos / 1e9,
    frame: '',
    seen: [...moving, ...standing],
    ego: null,
    host: host && moving.some(({ name }) => name === `${host.value}`) ? `${host.value}` : null,
  }
}
