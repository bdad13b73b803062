import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import { InvalidInputError } from '@heavylift/core'
import { McapIndexedReader } from '@mcap/core'
import type { Recording, RecordingFrame } from '../recordings/recording.ts'
import { readOrExplain } from '../../world/xml/missing-file.ts'
import type { DriveLog } from './drive-log.ts'
import { kindOf } from './kind-of.ts'
import { LogBuilder } from './log-builder.ts'
import { roadsAttachment, topics } from './log-topics.ts'
import type { columnNames } from './read-csv.ts'
import { readCommonRoad } from './read-commonroad.ts'
import { readCsv } from './read-csv.ts'

/**
 * Reads a log of a drive: an MCAP file of ours, any MCAP file with JSON foxglove.SceneUpdate messages of cubes, or a CSV file (`time,name,x,y` and, where there are
 * any, `heading,speed,acceleration,kind,length,width,height`; what esmini's logger and dat2csv write; others by `columns`), or a CommonRoad scene (.xml), packed by gzip or not. `ego` names the vehicle whose drive it was; by default the one called so, else the first.
 * Rejects with `file-not-found` and `log-invalid`.
 */
export async function readLog(
  path: string,
  ego: string | null = null,
  columns: ReturnType<typeof columnNames> = {},
): Promise<DriveLog> {
  const file = await readOrExplain(path, readFile(path))
  const bytes = path.endsWith('.gz') ? gunzipSync(file) : file
  if (/\.mcap$/i.test(path)) return readMcap(path, bytes, ego)
  const text = bytes.toString('utf8')
  return /\.xml(\.gz)?$/i.test(path) ? readCommonRoad(path, text, ego) : readCsv(path, text, ego, columns)
}

/** A recording in an MCAP file of ours, with nothing lost. Rejects with `log-invalid` for a file of others. */
export async function readRecording(path: string): Promise<{ recording: Recording; roads: string | null }> {
  const { messages, roads } = await messagesOf(path, await readOrExplain(path, readFile(path)))
  const head = messages.find(({ topic }) => topic === topics.recording)
  if (!head) throw invalid(path, `has no ${topics.recording}`)
  const frames = messages.filter(({ topic }) => topic === topics.frame)
  const recording = {
    ...(head.content as Omit<Recording, 'frames'>),
    frames: frames.map(({ content }) => content as RecordingFrame),
  }
  return { recording, roads }
}

interface ReadMessage {
  topic: string
  schema: string
  timeS: number
  content: unknown
}

async function messagesOf(
  path: string,
  bytes: Uint8Array,
): Promise<{ messages: ReadMessage[]; roads: string | null }> {
  const messages: ReadMessage[] = []
  const decoder = new TextDecoder()
  let roads: string | null = null
  try {
    const readable = {
      size: async () => BigInt(bytes.byteLength),
      read: async (offset: bigint, size: bigint) =>
        bytes.subarray(Number(offset), Number(offset) + Number(size)),
    }
    const reader = await McapIndexedReader.Initialize({
      readable,
      decompressHandlers: { zstd: (chunk) => zstdDecompressSync(chunk) },
    })
    for await (const message of reader.readMessages()) {
      const channel = reader.channelsById.get(message.channelId)
      if (channel?.messageEncoding !== 'json') continue
      messages.push({
        topic: channel.topic,
        schema: reader.schemasById.get(channel.schemaId)?.name ?? '',
        timeS: Number(message.logTime) / 1e9,
        content: JSON.parse(decoder.decode(message.data)) as unknown,
      })
    }
    for await (const attachment of reader.readAttachments({ name: roadsAttachment }))
      roads = decoder.decode(attachment.data)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    throw invalid(path, `cannot be read as MCAP: ${error.message}`)
  }
  return { messages, roads }
}

async function readMcap(path: string, bytes: Uint8Array, ego: string | null): Promise<DriveLog> {
  const { messages, roads } = await messagesOf(path, bytes)
  const builder = new LogBuilder(basename(path))
  const head = messages.find(({ topic }) => topic === topics.recording)
  if (head) {
    const { agents, ego: row } = head.content as Omit<Recording, 'frames'>
    const indices = agents.map((agent) => builder.agent(agent))
    for (const { topic, content } of messages) {
      if (topic !== topics.frame) continue
      const frame = content as RecordingFrame
      builder.time(frame.timeS)
      for (let at = 0; at + 6 < frame.agents.length; at += 7) {
        const index = indices[frame.agents[at] as number]
        if (index !== undefined) builder.state(index, frame.agents.slice(at + 1, at + 7))
      }
    }
    return builder.build(ego ?? agents[row]?.name ?? null, roads, path)
  }
  for (const { schema, timeS, content } of messages)
    if (schema === 'foxglove.SceneUpdate') addScene(builder, timeS, content as SceneUpdateMessage)
  return builder.build(ego, roads, path)
}

interface SceneUpdateMessage {
  entities?: {
    id: string
    metadata?: { key: string; value: string }[]
    cubes?: {
      pose: {
        position: { x: number; y: number; z: number }
        orientation: { x: number; y: number; z: number; w: number }
      }
      size: { x: number; y: number; z: number }
    }[]
  }[]
}

/** Entities with a cube are road users. */
function addScene(builder: LogBuilder, timeS: number, { entities = [] }: SceneUpdateMessage): void {
  for (const { id, metadata = [], cubes = [] } of entities) {
    const [cube] = cubes
    if (!cube) continue
    const told = new Map(metadata.map(({ key, value }) => [key.toLowerCase(), value]))
    const { position, orientation: q } = cube.pose
    builder.time(timeS)
    const index = builder.agent({
      name: id,
      kind: kindOf(told.get('kind') ?? told.get('class') ?? told.get('category'), cube.size),
      lengthM: cube.size.x,
      widthM: cube.size.y,
      heightM: cube.size.z,
    })
    const heading = Math.atan2(2 * (q.w * q.z + q.x * q.y), 1 - 2 * (q.y * q.y + q.z * q.z))
    const speed = Number(told.get('speedmps') ?? NaN)
    builder.state(index, [position.x, position.y, heading, speed, NaN, 0])
  }
}

function invalid(path: string, problem: string): InvalidInputError {
  return new InvalidInputError({ code: 'log-invalid', message: `${path}: ${problem}.` })
}
