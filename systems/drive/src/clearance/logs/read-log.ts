import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { InvalidInputError } from '@heavylift/core'
import type { Recording, RecordingFrame } from '../recordings/recording.ts'
import { readOrExplain } from '../../world/xml/missing-file.ts'
import type { DriveLog } from './drive-log.ts'
import { LogBuilder } from './log-builder.ts'
import { topics } from './log-topics.ts'
import type { columnNames } from './read-csv.ts'
import { readCommonRoad } from './read-commonroad.ts'
import { readCsv } from './read-csv.ts'
import { readMcap } from './read-mcap.ts'
import { logOfObservations } from './read-observations.ts'
import { readOsi } from './read-osi.ts'
import { readSchemas } from './observe-message.ts'

export interface LogOptions {
  /** Whose drive it was; by default the one that the log says, the one called so, else the first. */
  ego?: string | null
  /** Other names of the columns of a table. */
  columns?: ReturnType<typeof columnNames>
  /** Of an MCAP file, whose road users are taken; by default the topic with most of them. */
  topics?: readonly string[] | null
}

/**
 * Reads a log of a drive: an MCAP file of ours or of others (JSON, protobuf, ROS 2 CDR; the schemas of `readSchemas` and OSI), an OSI trace (`.osi`), a table
 * (`.csv`: `time,name,x,y` and, where there are any, `heading,speed,acceleration,kind,length,width,height`; what esmini's logger and dat2csv write; others
 * by `columns`), or a CommonRoad scene (`.xml`), packed by gzip or not. Rejects with `file-not-found` and `log-invalid`.
 */
export async function readLog(path: string, options: LogOptions = {}): Promise<DriveLog> {
  const { ego = null, columns = {}, topics: chosen = null } = options
  const file = await readOrExplain(path, readFile(path))
  const bytes = path.endsWith('.gz') ? gunzipSync(file) : file
  const name = path.replace(/\.gz$/, '')
  if (/\.mcap$/i.test(name)) return ofMcap(path, bytes, ego, chosen)
  if (/\.osi$/i.test(name)) return readOsi(path, bytes, ego)
  const text = bytes.toString('utf8')
  return /\.xml$/i.test(name) ? readCommonRoad(path, text, ego) : readCsv(path, text, ego, columns)
}

const isOwn = (topic: string) => topic === topics.recording || topic === topics.frame

/** A recording in an MCAP file of ours, with nothing lost. Rejects with `log-invalid` for a file of others. */
export async function readRecording(path: string): Promise<{ recording: Recording; roads: string | null }> {
  const { own, roads } = await readMcap(path, await readOrExplain(path, readFile(path)), isOwn)
  const head = own.find(({ topic }) => topic === topics.recording)
  if (!head)
    throw new InvalidInputError({ code: 'log-invalid', message: `${path}: has no ${topics.recording}.` })
  const frames = own.filter(({ topic }) => topic === topics.frame)
  const recording = {
    ...(head.content as Omit<Recording, 'frames'>),
    frames: frames.map(({ content }) => content as RecordingFrame),
  }
  return { recording, roads }
}

async function ofMcap(
  path: string,
  bytes: Uint8Array,
  ego: string | null,
  chosen: readonly string[] | null,
): Promise<DriveLog> {
  const { own, observations, roads, others } = await readMcap(path, bytes, isOwn)
  const head = own.find(({ topic }) => topic === topics.recording)
  if (!head) {
    if (observations.length === 0)
      throw new InvalidInputError({
        code: 'log-invalid',
        message: `${path}: has no road users that can be read. It has ${others.slice(0, 8).join('; ') || 'no messages'}. Read are JSON, protobuf and ROS 2 CDR (ros2msg) of ${readSchemas.join(', ')}, osi3.SensorView, osi3.GroundTruth.`,
      })
    return logOfObservations(path, observations, ego, roads, chosen)
  }
  const builder = new LogBuilder(basename(path))
  const { agents, ego: row } = head.content as Omit<Recording, 'frames'>
  const indices = agents.map((agent) => builder.agent(agent))
  for (const { topic, content } of own) {
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
