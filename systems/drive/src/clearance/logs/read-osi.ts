import { basename } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { DriveLog } from './drive-log.ts'
import type { Observation } from './observation.ts'
import { observeOsi } from './osi-messages.ts'
import type { OsiType } from './osi-messages.ts'
import { logOfObservations } from './read-observations.ts'

/** The messages of an OSI trace file: each after its length in four bytes, little-endian (OSI 3, "OSI trace file formats"). */
function messagesOf(path: string, bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const messages: Uint8Array[] = []
  for (let at = 0; at < bytes.byteLength;) {
    const length = at + 4 <= bytes.byteLength ? view.getUint32(at, true) : Infinity
    if (at + 4 + length > bytes.byteLength)
      throw new InvalidInputError({
        code: 'log-invalid',
        message: `${path}: is no OSI trace, or ends too early: message ${messages.length + 1} is longer than the file.`,
      })
    messages.push(bytes.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return messages
}

/** Short names of messages in names of traces (OSI 3, "Naming conventions"). */
const messageNames: Record<string, string> = {
  sv: 'SensorView',
  gt: 'GroundTruth',
  svc: 'SensorViewConfiguration',
  hvd: 'HostVehicleData',
  sd: 'SensorData',
  tc: 'TrafficCommand',
  tcu: 'TrafficCommandUpdate',
  tu: 'TrafficUpdate',
  mr: 'MotionRequest',
  su: 'StreamingUpdate',
}

/** Which message a trace has, by its name (`…_sv_…`, `…_gt_…`), else by what can be read of its first one. */
function typeOf(path: string, first: Uint8Array | undefined): OsiType {
  const short = /_(svc|sv|gt|hvd|sd|tcu|tc|tu|mr|su)_/i.exec(basename(path))?.[1]?.toLowerCase() ?? ''
  const named = messageNames[short]
  if (named === 'SensorView' || named === 'GroundTruth') return named
  if (named !== undefined)
    throw new InvalidInputError({
      code: 'log-invalid',
      message: `${path}: is a trace of ${named} by its name; SensorView and GroundTruth are read, since they tell where everybody was.`,
    })
  const seenAs = (type: OsiType) => {
    try {
      return first ? (observeOsi(type, first, '')?.seen.length ?? 0) : 0
    } catch {
      return 0
    }
  }
  return seenAs('SensorView') >= seenAs('GroundTruth') && seenAs('SensorView') > 0
    ? 'SensorView'
    : 'GroundTruth'
}

/** A binary trace of OSI (SensorView or GroundTruth) as a log. Throws `log-invalid`. */
export function readOsi(path: string, bytes: Uint8Array, ego: string | null): DriveLog {
  const messages = messagesOf(path, bytes)
  const type = typeOf(path, messages[0])
  const observations = messages.flatMap((message, index): Observation[] => {
    try {
      return [observeOsi(type, message, '')].filter((one) => one !== null)
    } catch (error) {
      const why = error instanceof Error ? error.message : ''
      throw new InvalidInputError({
        code: 'log-invalid',
        message: `${path}: message ${index + 1} is no osi3.${type}: ${why}.`,
      })
    }
  })
  return logOfObservations(path, observations, ego, null)
}
