import { kindOf } from './kind-of.ts'
import type { EgoPose, Observation, Seen } from './observation.ts'

interface Point {
  x: number
  y: number
  z: number
}
interface Pose {
  position: Point
  orientation: Point & { w: number }
}
/** Messages as their schema says; nothing of them is trusted to be there. */
type Content = Record<string, unknown>

const list = (value: unknown): Content[] => (Array.isArray(value) ? (value as Content[]) : [])
const part = (content: Content | undefined, ...names: string[]): Content =>
  names.reduce<Content>((from, name) => (from[name] ?? {}) as Content, content ?? {})
const numberOf = (value: unknown) => (value === undefined || value === null ? NaN : Number(value))
const textOf = (value: unknown) => (value === undefined || value === null ? '' : String(value as string))

function headingOf(orientation: Content): number {
  const [x, y, z, w] = ['x', 'y', 'z', 'w'].map((name) => numberOf(orientation[name])) as [
    number,
    number,
    number,
    number,
  ]
  return Math.atan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z))
}

/** Someone by a pose, a size and whatever tells the kind and the speed. */
function seenAt(
  name: string,
  told: string | undefined,
  pose: Content,
  size: { x: number; y: number; z: number },
  speedMps = NaN,
): Seen[] {
  const { position, orientation } = pose as unknown as Pose
  const [x, y] = [numberOf(position?.x), numberOf(position?.y)]
  if (!Number.isFinite(x + y + size.x + size.y) || size.x <= 0 || size.y <= 0) return []
  return [
    {
      name,
      kind: kindOf(told, size),
      lengthM: size.x,
      widthM: size.y,
      heightM: size.z,
      x,
      y,
      heading: headingOf((orientation ?? {}) as unknown as Content),
      speedMps,
      accelerationMps2: NaN,
    },
  ]
}

const sizeOf = (size: Content) => ({
  x: numberOf(size['x']),
  y: numberOf(size['y']),
  z: numberOf(size['z']) || 1.6,
})
const frameIn = (content: Content) => textOf(content['frameId'] ?? content['frame_id'])
const ofHeader = (content: Content) => frameIn(part(content, 'header'))

interface Told {
  frame?: string
  seen?: Seen[]
  ego?: EgoPose | null
}

/** foxglove.SceneUpdate: entities with a cube are road users. */
function ofScene(content: Content): Told {
  const entities = list(content['entities'])
  return {
    frame: entities.map(frameIn).find(Boolean) ?? '',
    seen: entities.flatMap((entity) => {
      const [cube] = list(entity['cubes'])
      const told = new Map(
        list(entity['metadata']).map(({ key, value }) => [textOf(key).toLowerCase(), textOf(value)]),
      )
      if (!cube) return []
      const kind = told.get('kind') ?? told.get('class') ?? told.get('category')
      const speed = Number(told.get('speedmps') ?? NaN)
      return seenAt(textOf(entity['id']), kind, part(cube, 'pose'), sizeOf(part(cube, 'size')), speed)
    }),
  }
}

const cubeMarker = 1
const deletingMarkers = [2, 3]

/** visualization_msgs/Marker: cubes are road users, by name space and number. */
function ofMarkers(markers: Content[]): Told {
  const cubes = markers.filter(
    (marker) =>
      Number(marker['type']) === cubeMarker && !deletingMarkers.includes(Number(marker['action'] ?? 0)),
  )
  return {
    frame: cubes[0] ? ofHeader(cubes[0]) : '',
    seen: cubes.flatMap((marker) => {
      const space = textOf(marker['ns'])
      return seenAt(
        `${space}/${textOf(marker['id'])}`,
        space,
        part(marker, 'pose'),
        sizeOf(part(marker, 'scale')),
      )
    }),
  }
}

/** Labels of autoware's and of derived_object_msgs' classifications. */
const autowareLabels = ['', 'car', 'truck', 'bus', 'truck', 'motorcycle', 'bicycle', 'pedestrian']
const derivedLabels = ['', '', '', '', 'pedestrian', 'bicycle', 'car', 'truck', 'motorcycle', 'car']

const hex = (bytes: unknown) =>
  Array.from(bytes as Iterable<number>, (byte) => byte.toString(16).padStart(2, '0')).join('')

const speedIn = (twist: Content) =>
  Math.hypot(numberOf(part(twist, 'linear')['x']), numberOf(part(twist, 'linear')['y']))

/** Autoware's objects, tracked, predicted or detected. */
function ofAutoware(content: Content): Told {
  const seen = list(content['objects']).flatMap((object, index) => {
    const kinematics = part(object, 'kinematics')
    const by = (...names: string[]) => names.map((name) => kinematics[name]).find(Boolean) as Content
    const pose = part(by('pose_with_covariance', 'initial_pose_with_covariance'), 'pose')
    const twist = part(by('twist_with_covariance', 'initial_twist_with_covariance'), 'twist')
    const id = part(object, 'object_id')['uuid']
    const [label] = list(object['classification']).toSorted(
      (a, b) => numberOf(b['probability']) - numberOf(a['probability']),
    )
    return seenAt(
      id === undefined ? `object ${index}` : hex(id),
      autowareLabels[Number(label?.['label'] ?? 0)] || undefined,
      pose,
      sizeOf(part(object, 'shape', 'dimensions')),
      speedIn(twist),
    )
  })
  return { frame: ofHeader(content), seen }
}

/** derived_object_msgs/ObjectArray, as CARLA's bridge to ROS writes. */
function ofDerived(content: Content): Told {
  const seen = list(content['objects']).flatMap((object) => {
    const [x = NaN, y = NaN, z = 1.6] = Array.from((part(object, 'shape')['dimensions'] ?? []) as number[])
    const label = derivedLabels[Number(object['classification'] ?? 0)]
    return seenAt(
      textOf(object['id']),
      label || undefined,
      part(object, 'pose'),
      { x, y, z },
      speedIn(part(object, 'twist')),
    )
  })
  return { frame: ofHeader(content), seen }
}

/** vision_msgs/Detection3DArray. */
function ofDetections(content: Content): Told {
  const seen = list(content['detections']).flatMap((detection, index) => {
    const [best] = list(detection['results'])
    const box = part(detection, 'bbox')
    return seenAt(
      textOf(detection['id']) || `detection ${index}`,
      textOf(part(best, 'hypothesis')['class_id']) || undefined,
      part(box, 'center'),
      sizeOf(part(box, 'size')),
    )
  })
  return { frame: ofHeader(content), seen }
}

/** Frames of vehicles, and frames of the ground. */
const ownFrames = /^\/?(base_link|base_footprint|ego|ego_vehicle|hero)$/i
const groundFrames = /^\/?(map|world|odom|local|global)$/i

function egoAt(position: Content, orientation: Content, ownFrame: string, speedMps = NaN): EgoPose | null {
  const [x, y] = [numberOf(position['x']), numberOf(position['y'])]
  return Number.isFinite(x + y) ? { x, y, heading: headingOf(orientation), speedMps, ownFrame } : null
}

/** A transform from the ground to the vehicle. */
function ofTransform(parent: string, child: string, translation: Content, rotation: Content): EgoPose | null {
  return groundFrames.test(parent) && ownFrames.test(child) ? egoAt(translation, rotation, child) : null
}

function ofOdometry(content: Content): Told {
  const pose = part(content, 'pose', 'pose')
  const own = textOf(content['child_frame_id']) || 'base_link'
  const speed = speedIn(part(content, 'twist', 'twist'))
  return { ego: egoAt(part(pose, 'position'), part(pose, 'orientation'), own, speed) }
}

function ofTransforms(transforms: Content[]): Told {
  const poses = transforms.map((one) => {
    const parent = textOf(one['parentFrameId'] ?? one['parent_frame_id']) || ofHeader(one)
    const child = textOf(one['childFrameId'] ?? one['child_frame_id'])
    const moved = one['transform'] === undefined ? one : part(one, 'transform')
    return ofTransform(parent, child, part(moved, 'translation'), part(moved, 'rotation'))
  })
  return { ego: poses.find((pose) => pose !== null) ?? null }
}

/** By the schema's name, without `msg/`. */
const readers: Record<string, (content: Content) => Told> = {
  'foxglove.SceneUpdate': ofScene,
  'foxglove_msgs/SceneUpdate': ofScene,
  'foxglove.FrameTransform': (content) => ofTransforms([content]),
  'foxglove.FrameTransforms': (content) => ofTransforms(list(content['transforms'])),
  'tf2_msgs/TFMessage': (content) => ofTransforms(list(content['transforms'])),
  'visualization_msgs/Marker': (content) => ofMarkers([content]),
  'visualization_msgs/MarkerArray': (content) => ofMarkers(list(content['markers'])),
  'derived_object_msgs/ObjectArray': ofDerived,
  'vision_msgs/Detection3DArray': ofDetections,
  'nav_msgs/Odometry': ofOdometry,
}
for (const family of ['autoware_perception_msgs', 'autoware_auto_perception_msgs'])
  for (const kind of ['TrackedObjects', 'PredictedObjects', 'DetectedObjects'])
    readers[`${family}/${kind}`] = ofAutoware

const plainName = (schema: string) => schema.replace('/msg/', '/')

/** Schemas of which something is read, for those who ask. */
export const readSchemas: readonly string[] = Object.keys(readers)

export function isRead(schema: string): boolean {
  return plainName(schema) in readers
}

/** What a message of a known schema tells of road users or of the vehicle itself. */
export function observeMessage(
  schema: string,
  topic: string,
  timeS: number,
  content: unknown,
): Observation | null {
  const reader = readers[plainName(schema)]
  if (!reader || typeof content !== 'object' || content === null) return null
  const { frame = '', seen = [], ego = null } = reader(content as Content)
  return seen.length === 0 && !ego ? null : { topic, timeS, frame, seen, ego, host: null }
}
