import { headers, type Msg, type MsgHdrs } from '@nats-io/transport-node'
import type { LogEvent, LoggedEvent } from '../log.ts'

const keyHeader = 'Event-Key'
const timeHeader = 'Event-Time-Ms'
const versionHeader = 'Schema-Version'

/** The server drops a message whose id it has seen within the stream's window of duplicates. */
const idHeader = 'Nats-Msg-Id'

export function writeHeaders(event: LogEvent): MsgHdrs {
  const written = headers()
  written.append(idHeader, event.id)
  written.append(keyHeader, event.key)
  written.append(timeHeader, String(event.eventTimeMs))
  written.append(versionHeader, String(event.schemaVersion))
  return written
}

/** Where a message stands, from its acknowledgement subject. */
export interface Place {
  streamSequence: number
  /** Counts what one consumer has been handed, from 1; a gap in it is a lost message. */
  consumerSequence: number
  attempt: number
  storedAtMs: number
}

/**
 * `$JS.ACK.<stream>.<consumer>.<delivered>.<stream seq>.<consumer seq>.<ns>.<pending>`, or with domain and account hash
 * before the stream (NATS ADR-15). Null for any other subject.
 */
export function parsePlace(reply: string | undefined): Place | null {
  if (reply === undefined || !reply.startsWith('$JS.ACK.')) return null
  const tokens = reply.split('.')
  const at = tokens.length === 9 ? 4 : 6
  return {
    attempt: Number(tokens[at]),
    streamSequence: Number(tokens[at + 1]),
    consumerSequence: Number(tokens[at + 2]),
    storedAtMs: Math.floor(Number(tokens[at + 3]) / 1e6),
  }
}

export function readEvent(message: Msg, place: Place): LoggedEvent {
  const { headers: read } = message
  return {
    offset: place.streamSequence,
    appendedAtMs: place.storedAtMs,
    id: read?.get(idHeader) ?? '',
    key: read?.get(keyHeader) ?? '',
    eventTimeMs: Number(read?.get(timeHeader)),
    schemaVersion: Number(read?.get(versionHeader)),
    payload: message.data,
  }
}
