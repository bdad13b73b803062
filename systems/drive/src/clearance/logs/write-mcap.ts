import { zstdCompressSync } from 'node:zlib'
import { FrameTransform, Log, PoseInFrame, SceneUpdate } from '@foxglove/schemas/jsonschema.js'
import { McapWriter } from '@mcap/core'
import type { Recording, RecordingFrame } from '../recordings/recording.ts'
import { roadsAttachment, topics } from './log-topics.ts'
import {
  agentsUpdate,
  momentOf,
  plansUpdate,
  predictionsUpdate,
  tracksUpdate,
  yawQuaternion,
} from './scene-updates.ts'

/** foxglove.Log levels. */
const levels = { warning: 3, error: 4 }

/** A JSON schema of our own: any object. */
const own = (title: string) => ({ title, type: 'object' })

/** Collects what a writer writes. */
class Bytes {
  readonly #parts: Uint8Array[] = []
  #size = 0

  position(): bigint {
    return BigInt(this.#size)
  }

  async write(part: Uint8Array): Promise<void> {
    this.#parts.push(part.slice())
    this.#size += part.byteLength
  }

  all(): Uint8Array {
    const out = new Uint8Array(this.#size)
    let at = 0
    for (const part of this.#parts) {
      out.set(part, at)
      at += part.byteLength
    }
    return out
  }
}

/**
 * A recording as an MCAP file: agents, tracks, predictions and plans as Foxglove's SceneUpdate, the vehicle under test as FrameTransform and
 * PoseInFrame, interventions and failures as Log, every frame with its exact numbers on a topic of ours, and the roads as an attachment.
 * Times count from 0. The same recording gives the same bytes.
 */
export async function writeMcap(recording: Recording, roads: string | null): Promise<Uint8Array> {
  const bytes = new Bytes()
  const writer = new McapWriter({
    writable: bytes,
    compressChunk: (chunk) => ({ compression: 'zstd', compressedData: zstdCompressSync(chunk) }),
  })
  await writer.start({ profile: '', library: 'heavylift' })
  const encoder = new TextEncoder()
  const channel = async (topic: string, schema: { title?: string }) =>
    writer.registerChannel({
      topic,
      messageEncoding: 'json',
      schemaId: await writer.registerSchema({
        name: schema.title ?? topic,
        encoding: 'jsonschema',
        data: encoder.encode(JSON.stringify(schema)),
      }),
      metadata: new Map(),
    })
  const channels = new Map<string, number>([
    [topics.recording, await channel(topics.recording, own('heavylift.Recording'))],
    [topics.frame, await channel(topics.frame, own('heavylift.Frame'))],
    [topics.transform, await channel(topics.transform, FrameTransform)],
    [topics.pose, await channel(topics.pose, PoseInFrame)],
    [topics.log, await channel(topics.log, Log)],
  ])
  for (const topic of [topics.agents, topics.tracks, topics.predictions, topics.plans])
    channels.set(topic, await channel(topic, SceneUpdate))
  let sequence = 0
  const add = async (topic: string, timeS: number, content: object) => {
    const time = nanoseconds(timeS)
    await writer.addMessage({
      channelId: channels.get(topic) as number,
      sequence: sequence++,
      logTime: time,
      publishTime: time,
      data: encoder.encode(JSON.stringify(content)),
    })
  }
  const { frames, ...rest } = recording
  await add(topics.recording, frames[0]?.timeS ?? 0, rest)
  let said = ''
  for (const frame of frames) {
    for (const [topic, content] of messagesOf(recording, frame)) await add(topic, frame.timeS, content)
    const says = (frame.explanation?.interventions ?? []).join('; ')
    if (says !== said && says !== '')
      await add(topics.log, frame.timeS, logMessage(frame.timeS, levels.warning, 'intervention', says))
    said = says
  }
  for (const { criterion, timeS, detail } of recording.failures)
    await add(topics.log, timeS, logMessage(timeS, levels.error, criterion, detail))
  if (roads !== null)
    await writer.addAttachment({
      name: roadsAttachment,
      logTime: 0n,
      createTime: 0n,
      mediaType: 'application/xml',
      data: encoder.encode(roads),
    })
  await writer.end()
  return bytes.all()
}

function nanoseconds(timeS: number): bigint {
  return BigInt(Math.round(timeS * 1e9))
}

function logMessage(timeS: number, level: number, name: string, message: string): object {
  return { timestamp: momentOf(timeS), level, message, name, file: '', line: 0 }
}

function messagesOf(recording: Recording, frame: RecordingFrame): [string, object][] {
  const messages: [string, object][] = [
    [topics.frame, frame],
    [topics.agents, agentsUpdate(recording, frame)],
  ]
  for (let at = 0; at + 6 < frame.agents.length; at += 7) {
    const [row, x = 0, y = 0, heading = 0] = frame.agents.slice(at, at + 4)
    if (row !== recording.ego) continue
    const position = { x, y, z: 0 }
    const orientation = yawQuaternion(heading)
    messages.push(
      [
        topics.transform,
        {
          timestamp: momentOf(frame.timeS),
          parent_frame_id: 'map',
          child_frame_id: 'ego',
          translation: position,
          rotation: orientation,
        },
      ],
      [topics.pose, { timestamp: momentOf(frame.timeS), frame_id: 'map', pose: { position, orientation } }],
    )
  }
  if (frame.explanation)
    messages.push(
      [topics.tracks, tracksUpdate(frame)],
      [topics.predictions, predictionsUpdate(frame)],
      [topics.plans, plansUpdate(frame)],
    )
  return messages
}
