import { JsonScanner } from './json-scanner.ts'

/** Half-open range of bytes. */
export interface Span {
  start: number
  end: number
}

/** What routing, admission and metering need of a request body, found without building a tree of it. */
export interface ScannedBody {
  /** Null when it is missing or not a string. */
  model: string | null
  /** Values of every `model` member: JSON takes the last of doubles, but an upstream may take the first. */
  modelSpans: Span[]
  isStream: boolean
  streamOptions: Span | null
  /** `max_tokens`, `max_completion_tokens` or `max_output_tokens`; null when none is a whole number above zero. */
  maxTokens: number | null
  /** Answers asked for (`n`); 1 when it does not say. */
  choices: number
  user: string | null
  /** Values that make up the prompt, in the order in which models read them: system, tools, messages. */
  prompt: Span[]
  /** Bytes of prompt text; embedded pictures count as what they cost, not as their base64. */
  promptBytes: number
  /** Position of the object's closing brace. */
  closingBrace: number
  isEmpty: boolean
}

/** Place of a member in `ScannedBody.prompt`. */
const promptOrder = new Map([
  ['system', 0],
  ['instructions', 1],
  ['tools', 2],
  ['messages', 3],
  ['prompt', 4],
  ['input', 5],
])

/** About what one picture costs in tokens, as bytes of text. */
const mediaPromptBytes = 4000

/**
 * Reads the top-level members of a JSON request in one pass. Brackets, literals, numbers and commas are checked all the
 * way down; the inside of strings is left to whoever parses them.
 * Throws `InvalidInputError` `body-not-json` with the position (`details.position`, in bytes).
 */
export function scanBody(bytes: Buffer): ScannedBody {
  const scanner = new JsonScanner(bytes)
  const body = blankScan()
  const prompt: (Span | undefined)[] = []
  const promptSizes: number[] = []

  scanner.openObject()
  for (let key = scanner.firstKey(); key !== null; key = scanner.nextKey()) {
    body.isEmpty = false
    const mediaBefore = scanner.mediaBytes
    const mediaCountBefore = scanner.mediaCount
    const start = scanner.at
    scanner.skipValue()
    const span = { start, end: scanner.at }
    const place = promptOrder.get(key)
    if (place === undefined) {
      readMember(body, key, span, bytes)
      continue
    }
    prompt[place] = span
    promptSizes[place] =
      span.end -
      span.start -
      (scanner.mediaBytes - mediaBefore) +
      (scanner.mediaCount - mediaCountBefore) * mediaPromptBytes
  }
  body.closingBrace = scanner.at - 1
  scanner.expectEnd()

  body.prompt = prompt.filter((span) => span !== undefined)
  for (const size of promptSizes) body.promptBytes += size ?? 0
  return body
}

/** Of a body that says nothing. */
export function blankScan(): ScannedBody {
  return {
    model: null,
    modelSpans: [],
    isStream: false,
    streamOptions: null,
    maxTokens: null,
    choices: 1,
    user: null,
    prompt: [],
    promptBytes: 0,
    closingBrace: 0,
    isEmpty: true,
  }
}

/** About how many tokens the prompt has: a token is four bytes of English, three of most other text. */
export function promptTokens(body: ScannedBody): number {
  return Math.ceil(body.promptBytes / 4)
}

function readMember(body: ScannedBody, key: string, span: Span, bytes: Buffer): void {
  switch (key) {
    case 'model':
      body.modelSpans.push(span)
      body.model = text(bytes, span)
      return
    case 'stream':
      body.isStream = bytes[span.start] === 0x74 // t
      return
    case 'stream_options':
      body.streamOptions = span
      return
    case 'max_tokens':
    case 'max_completion_tokens':
    case 'max_output_tokens':
      body.maxTokens = wholeNumber(bytes, span) ?? body.maxTokens
      return
    case 'n':
      body.choices = wholeNumber(bytes, span) ?? 1
      return
    case 'user':
      body.user = text(bytes, span)
      return
    default:
  }
}

function text(bytes: Buffer, span: Span): string | null {
  if (bytes[span.start] !== 0x22) return null
  try {
    return String(JSON.parse(bytes.toString('utf8', span.start, span.end)))
  } catch {
    // A wrong escape; the upstream says what it thinks of it.
    return null
  }
}

function wholeNumber(bytes: Buffer, span: Span): number | null {
  if (span.end - span.start > 20 || bytes[span.start] === 0x22) return null
  const value = Number(bytes.toString('latin1', span.start, span.end))
  return Number.isSafeInteger(value) && value > 0 ? value : null
}
