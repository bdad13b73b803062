import { InvalidInputError } from '@heavylift/core'
import type { LogEvent } from './log.ts'

const maxNameChars = 200
/** Below the 1 MiB that a NATS server takes by default, with room for headers. */
export const maxPayloadBytes = 1_000_000
const topicName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/
const groupName = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const plainText = /^[^\s\u0000-\u001f\u007f](?:[^\u0000-\u001f\u007f]*[^\s\u0000-\u001f\u007f])?$/

/** Throws an `InvalidInputError` unless `topic` works as a folder and as a part of a NATS subject. */
export function checkTopic(topic: string): void {
  if (topicName.test(topic)) return
  throw new InvalidInputError({
    code: 'log-topic-invalid',
    message: `The topic ${JSON.stringify(topic)} must start with a letter or a digit and hold at most 100 letters, digits, ".", "_" and "-".`,
  })
}

export function checkGroup(group: string): void {
  if (groupName.test(group)) return
  throw new InvalidInputError({
    code: 'log-group-invalid',
    message: `The group ${JSON.stringify(group)} must start with a letter or a digit and hold at most 100 letters, digits, "_" and "-".`,
  })
}

/** Throws an `InvalidInputError` that names the field, so that a bad event is refused before any of its batch is stored. */
export function checkEvents(events: readonly LogEvent[]): void {
  for (let i = 0; i < events.length; i++) {
    const event = events[i]!
    const { id, key, payload } = event
    if (!isName(id)) refuse(i, 'id', 'needs 1 to 200 characters, no control characters, no space at its ends')
    if (!isName(key))
      refuse(i, 'key', 'needs 1 to 200 characters, no control characters, no space at its ends')
    if (!Number.isFinite(event.eventTimeMs)) refuse(i, 'eventTimeMs', 'must be a finite number')
    if (!Number.isInteger(event.schemaVersion) || event.schemaVersion < 1 || event.schemaVersion > 0xffff) {
      refuse(i, 'schemaVersion', 'must be an integer from 1 to 65,535')
    }
    if (payload.byteLength > maxPayloadBytes)
      refuse(i, 'payload', `must have at most ${maxPayloadBytes} bytes`)
  }
}

function isName(text: string): boolean {
  return text.length <= maxNameChars && plainText.test(text)
}

function refuse(index: number, field: string, rule: string): never {
  throw new InvalidInputError({
    code: 'log-event-invalid',
    message: `Event ${index} of the batch cannot be appended: \`${field}\` ${rule}.`,
    details: { index, field },
  })
}
