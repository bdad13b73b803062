import type { Api, JsonObject, TokenUsage } from './codec.ts'
import { isObject } from './json-access.ts'
import { memberValue, skipSpaces } from './json-members.ts'
import { usageFrom } from './token-usage.ts'

/** What a stream has shown so far. */
export interface TapState {
  events: number
  /** Events with a piece of the answer, about one for each token or two. */
  contentEvents: number
  isFinished: boolean
  errorCode: string | null
  usage: TokenUsage | null
  /** True while only the prompt's part of usage has come. */
  isUsagePartial: boolean
  /** Choices that have a finish reason. */
  finished: number
}

/** Reads of one event's data only what `TapState` tells. */
export interface StreamMarkers {
  read(data: Buffer, eventName: string, state: TapState): void
  /** The last part of data too long to keep whole; it starts anywhere. */
  readTail(tail: Buffer, eventName: string, state: TapState): void
}

export function markersFor(api: Api, choices: number): StreamMarkers {
  if (api === 'messages') return messagesMarkers()
  return api === 'responses' ? responsesMarkers : chatMarkers(choices)
}

const usageKey = Buffer.from('"usage"')
const finishKey = Buffer.from('"finish_reason"')
const errorKey = Buffer.from('"error"')
const typeKey = Buffer.from('"type"')
const done = Buffer.from('[DONE]')
/** Members that hold pieces of an answer, in chat and in completions. */
const contentKeys = [
  '"content"',
  '"text"',
  '"tool_calls"',
  '"reasoning_content"',
  '"reasoning"',
  '"refusal"',
].map((key) => Buffer.from(key))

const quote = 0x22
const openBrace = 0x7b
const openBracket = 0x5b

function chatMarkers(choices: number): StreamMarkers {
  const finish = (data: Buffer, state: TapState) => {
    for (let at = memberValue(data, finishKey, 0); at >= 0; at = memberValue(data, finishKey, at)) {
      if (data[at] === quote) state.finished++
    }
    if (state.finished >= choices) state.isFinished = true
  }
  return {
    read(data, eventName, state) {
      if (data.length === done.length && data.equals(done)) {
        state.isFinished = true
        return
      }
      if (hasContent(data)) state.contentEvents++
      finish(data, state)
      const mayHaveUsage = data[memberValue(data, usageKey, 0)] === openBrace
      const errorAt = memberValue(data, errorKey, 0)
      const mayBeError = errorAt >= 0 && data[errorAt] !== 0x6e // null
      if (!mayHaveUsage && !mayBeError && eventName !== 'error') return
      const chunk = parse(data)
      if (eventName === 'error' || chunk?.['error']) state.errorCode ??= errorCodeOf(chunk)
      state.usage = usageFrom('chat', chunk?.['usage']) ?? state.usage
    },
    readTail(tail, _eventName, state) {
      finish(tail, state)
      state.usage = usageFrom('chat', lastUsage(tail)) ?? state.usage
    },
  }
}

/** Usage comes in two parts: the prompt's with the start, the answer's, which counts up, with each delta. */
function messagesMarkers(): StreamMarkers {
  let usage: JsonObject = {}
  return {
    read(data, eventName, state) {
      switch (eventName || eventType(data)) {
        case 'content_block_delta':
          state.contentEvents++
          return
        case 'message_start': {
          const message = parse(data)?.['message']
          usage = merged(usage, isObject(message) ? message['usage'] : null)
          state.usage = usageFrom('messages', usage)
          state.isUsagePartial = true
          return
        }
        case 'message_delta':
          usage = merged(usage, parse(data)?.['usage'])
          state.usage = usageFrom('messages', usage)
          state.isUsagePartial = false
          return
        case 'message_stop':
          state.isFinished = true
          return
        case 'error':
          state.errorCode ??= errorCodeOf(parse(data))
          return
        default:
      }
    },
    readTail() {},
  }
}

const responsesMarkers: StreamMarkers = {
  read(data, eventName, state) {
    const name = eventName || eventType(data)
    if (name.endsWith('.delta')) {
      state.contentEvents++
      return
    }
    switch (name) {
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed': {
        const response = parse(data)?.['response']
        if (!isObject(response)) return
        state.usage = usageFrom('responses', response['usage']) ?? state.usage
        if (name === 'response.failed') state.errorCode ??= errorCodeOf(response)
        else state.isFinished = true
        return
      }
      case 'error':
        state.errorCode ??= errorCodeOf(parse(data))
        return
      default:
    }
  },
  readTail(tail, eventName, state) {
    if (eventName !== 'response.completed' && eventName !== 'response.incomplete') return
    state.isFinished = true
    state.usage = usageFrom('responses', lastUsage(tail)) ?? state.usage
  },
}

function hasContent(data: Buffer): boolean {
  for (const key of contentKeys) {
    const at = memberValue(data, key, 0)
    if (at < 0) continue
    const isText = data[at] === quote && data[at + 1] !== quote
    const isList = data[at] === openBracket && data[skipSpaces(data, at + 1)] !== 0x5d
    if (isText || isList) return true
  }
  return false
}

/** The event's type as its data has it, for servers that send no event names; empty when it has none. */
export function eventType(data: Buffer): string {
  const at = memberValue(data, typeKey, 0)
  if (at < 0 || data[at] !== quote) return ''
  return data.toString('latin1', at + 1, data.indexOf(quote, at + 1))
}

/** The last `usage` object of JSON text that starts anywhere. */
function lastUsage(tail: Buffer): unknown {
  const at = tail.lastIndexOf(usageKey)
  const start = at < 0 ? -1 : tail.indexOf(openBrace, at)
  if (start < 0) return null
  let depth = 0
  // Usage holds numbers and flat names: no string in it has a brace.
  for (let end = start; end < tail.length; end++) {
    if (tail[end] === openBrace) depth++
    if (tail[end] === 0x7d && --depth === 0) return parse(tail.subarray(start, end + 1))
  }
  return null
}

function merged(usage: JsonObject, later: unknown): JsonObject {
  if (!isObject(later)) return usage
  const next = { ...usage }
  for (const [name, value] of Object.entries(later)) {
    if (value !== null && value !== undefined) next[name] = value
  }
  return next
}

function errorCodeOf(event: JsonObject | null): string {
  const error = isObject(event?.['error']) ? event['error'] : event
  for (const value of [error?.['code'], error?.['type']]) {
    if (typeof value === 'string' && value) return value
    if (typeof value === 'number') return String(value)
  }
  return 'unknown'
}

function parse(data: Buffer): JsonObject | null {
  try {
    const value: unknown = JSON.parse(data.toString('utf8'))
    return isObject(value) ? value : null
  } catch {
    return null
  }
}
