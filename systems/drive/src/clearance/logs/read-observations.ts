import { basename } from 'node:path'
import type { DriveLog } from './drive-log.ts'
import { LogBuilder } from './log-builder.ts'
import type { EgoPose, Observation, Seen } from './observation.ts'

/** What others' topics told no longer ago than this is of the same moment. */
const sameMomentS = 0.2
const egoName = 'Ego'

/**
 * What the messages of a log told as a drive. Its moments are those of the topic with most who were seen; the pose of the vehicle itself, and what is on
 * `topics` (all that are named; by default that topic alone, as others tell of the same people under other names), is as it was last. Throws `log-invalid`.
 */
export function logOfObservations(
  path: string,
  observations: readonly Observation[],
  ego: string | null,
  roads: string | null,
  topics: readonly string[] | null = null,
): DriveLog {
  const counts = new Map<string, number>()
  for (const { topic, seen } of observations)
    if (seen.length > 0) counts.set(topic, (counts.get(topic) ?? 0) + seen.length)
  const named = [...counts].filter(([topic]) => topics === null || topics.includes(topic))
  const [leading = null] = named.toSorted(([, a], [, b]) => b - a)[0] ?? []
  const isTaken = (topic: string) => (topics === null ? topic === leading : topics.includes(topic))
  const builder = new LogBuilder(basename(path))
  const last = new Map<string, Observation>()
  let pose: EgoPose | null = null
  let host: string | null = null
  for (const observation of observations) {
    const { topic, timeS, seen } = observation
    host ??= observation.host
    pose = observation.ego ?? pose
    if (seen.length > 0 && isTaken(topic)) last.set(topic, observation)
    if (leading === null ? observation.ego === null : topic !== leading || seen.length === 0) continue
    builder.time(timeS)
    if (pose) add(builder, ofEgo(pose), null)
    for (const other of last.values())
      if (timeS - other.timeS <= sameMomentS)
        for (const one of other.seen) add(builder, one, pose && pose.ownFrame === other.frame ? pose : null)
  }
  const otherTopics = [...counts.keys()].filter((topic) => !isTaken(topic))
  return { ...builder.build(ego ?? host, roads, path), otherTopics }
}

function ofEgo({ x, y, heading, speedMps }: EgoPose): Seen {
  const body = { lengthM: 4.5, widthM: 1.85, heightM: 1.6 }
  return { name: egoName, kind: 'car', ...body, x, y, heading, speedMps, accelerationMps2: NaN }
}

/** `from`: whose frame the place is in, where it is not that of the ground. */
function add(builder: LogBuilder, seen: Seen, from: EgoPose | null): void {
  const [cos, sin] = from ? [Math.cos(from.heading), Math.sin(from.heading)] : [1, 0]
  const x = (from?.x ?? 0) + seen.x * cos - seen.y * sin
  const y = (from?.y ?? 0) + seen.x * sin + seen.y * cos
  const heading = seen.heading + (from?.heading ?? 0)
  builder.state(builder.agent(seen), [x, y, heading, seen.speedMps, seen.accelerationMps2, 0])
}
