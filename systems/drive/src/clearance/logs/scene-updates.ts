import type { Recording, RecordingFrame } from '../recordings/recording.ts'

/** A point, a colour and a moment as Foxglove's schemas have them. */
interface Point {
  x: number
  y: number
  z: number
}
interface Color {
  r: number
  g: number
  b: number
  a: number
}
interface Moment {
  sec: number
  nsec: number
}

export function momentOf(timeS: number): Moment {
  const sec = Math.floor(timeS + 1e-10)
  return { sec, nsec: Math.max(0, Math.round((timeS - sec) * 1e9)) }
}

/** A rotation about z. */
export function yawQuaternion(heading: number) {
  return { x: 0, y: 0, z: Math.sin(heading / 2), w: Math.cos(heading / 2) }
}

const noPrimitives = {
  arrows: [],
  cubes: [] as object[],
  spheres: [],
  cylinders: [],
  lines: [] as object[],
  triangles: [],
  texts: [] as object[],
  models: [],
}
/** foxglove.LinePrimitive: a strip. */
const lineStrip = 0

function entity(
  id: string,
  timeS: number,
  metadata: Record<string, string>,
  parts: Partial<typeof noPrimitives>,
) {
  return {
    timestamp: momentOf(timeS),
    frame_id: 'map',
    id,
    lifetime: { sec: 0, nsec: 0 },
    frame_locked: false,
    metadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    ...noPrimitives,
    ...parts,
  }
}

/** foxglove.SceneUpdate of entities that take the place of all that were there. */
function update(timeS: number, entities: object[]) {
  return { deletions: [{ timestamp: momentOf(timeS), type: 1, id: '' }], entities }
}

const colors = {
  ego: { r: 0.15, g: 0.45, b: 0.95, a: 0.9 },
  vehicle: { r: 0.6, g: 0.62, b: 0.66, a: 0.9 },
  walking: { r: 0.95, g: 0.6, b: 0.15, a: 0.9 },
  emergency: { r: 0.9, g: 0.15, b: 0.2, a: 0.9 },
  track: { r: 0.2, g: 0.8, b: 0.5, a: 0.35 },
  prediction: { r: 0.95, g: 0.75, b: 0.1, a: 0.8 },
  plan: { r: 0.15, g: 0.45, b: 0.95, a: 1 },
  candidate: { r: 0.5, g: 0.55, b: 0.7, a: 0.4 },
} satisfies Record<string, Color>

function cube(x: number, y: number, heading: number, size: Point, color: Color) {
  return {
    pose: { position: { x, y, z: size.z / 2 }, orientation: yawQuaternion(heading) },
    size,
    color,
  }
}

function strip(flat: readonly number[], z: number, color: Color, thickness: number) {
  const points: Point[] = []
  for (let at = 0; at + 1 < flat.length; at += 2)
    points.push({ x: flat[at] as number, y: flat[at + 1] as number, z })
  return {
    type: lineStrip,
    pose: { position: { x: 0, y: 0, z: 0 }, orientation: yawQuaternion(0) },
    thickness,
    scale_invariant: false,
    points,
    color,
    colors: [],
    indices: [],
  }
}

/** Everyone as a cube, with what a reader needs to know of it as metadata. */
export function agentsUpdate(recording: Recording, frame: RecordingFrame): object {
  const entities: object[] = []
  for (let at = 0; at + 6 < frame.agents.length; at += 7) {
    const [row = 0, x = 0, y = 0, heading = 0, speed = 0] = frame.agents.slice(at, at + 5)
    const agent = recording.agents[row]
    if (!agent) continue
    const { name, kind, lengthM, widthM, heightM } = agent
    const walks = kind === 'pedestrian' || kind === 'bicycle' || kind === 'animal'
    const color = row === recording.ego ? 'ego' : kind === 'emergency' ? kind : walks ? 'walking' : 'vehicle'
    entities.push(
      entity(
        name,
        frame.timeS,
        { kind, speedMps: String(speed), isEgo: String(row === recording.ego) },
        { cubes: [cube(x, y, heading, { x: lengthM, y: widthM, z: heightM }, colors[color])] },
      ),
    )
  }
  return update(frame.timeS, entities)
}

export function tracksUpdate({ timeS, explanation }: RecordingFrame): object {
  return update(
    timeS,
    (explanation?.tracks ?? []).map((track) =>
      entity(
        `track-${track.id}`,
        timeS,
        { kind: track.kind, speedMps: String(track.speedMps), existence: String(track.existence) },
        {
          cubes: [
            cube(
              track.x,
              track.y,
              track.heading,
              { x: track.lengthM, y: track.widthM, z: 1.6 },
              colors.track,
            ),
          ],
        },
      ),
    ),
  )
}

export function predictionsUpdate({ timeS, explanation }: RecordingFrame): object {
  return update(
    timeS,
    (explanation?.predictions ?? []).map(({ track, probability, points }, index) =>
      entity(
        `prediction-${track}-${index}`,
        timeS,
        { probability: String(probability) },
        { lines: [strip(points, 0.3, { ...colors.prediction, a: 0.2 + 0.8 * probability }, 0.15)] },
      ),
    ),
  )
}

export function plansUpdate({ timeS, explanation }: RecordingFrame): object {
  return update(
    timeS,
    (explanation?.plans ?? []).map(({ points, score, isChosen }, index) =>
      entity(
        `plan-${index}`,
        timeS,
        { score: String(score), isChosen: String(isChosen) },
        { lines: [strip(points, 0.2, isChosen ? colors.plan : colors.candidate, isChosen ? 0.4 : 0.1)] },
      ),
    ),
  )
}
