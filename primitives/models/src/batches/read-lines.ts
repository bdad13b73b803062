import type { JsonObject } from '../wire/codec.ts'
import { isObject } from '../wire/json-access.ts'
import type { BatchLine, BatchProblem } from './batch.ts'

/** Of one batch, as OpenAI has it. */
export const mostLines = 50_000
const mostProblems = 100
const maxLineBytes = 32 * 1024 * 1024

/**
 * The requests of a batch's file (JSON Lines), or what is wrong with them. OpenAI's lines are `{ custom_id, method, url, body }`,
 * all for `endpoint`; Anthropic's requests `{ custom_id, params }`.
 */
export async function readLines(
  file: ReadableStream<Uint8Array>,
  endpoint: string,
): Promise<{ lines: BatchLine[]; problems: BatchProblem[] }> {
  const lines: BatchLine[] = []
  const problems: BatchProblem[] = []
  const seen = new Set<string>()
  const problem = (code: string, message: string, line: number | null, param: string | null = null): void => {
    if (problems.length < mostProblems) problems.push({ code, message, line, param })
  }
  let count = 0
  for await (const text of linesOf(file)) {
    count += 1
    if (text === null) {
      problem('line_too_large', `A request may have ${maxLineBytes / 1024 / 1024} MiB.`, count)
      break
    }
    if (text.trim() === '') continue
    if (lines.length === mostLines) {
      problem('too_many_requests', `A batch may have ${mostLines} requests. Split it.`, count)
      break
    }
    const read = requestOf(text, endpoint)
    if ('problem' in read) {
      problem(read.code, read.problem, count, read.param)
      continue
    }
    if (seen.has(read.customId)) {
      problem(
        'duplicate_custom_id',
        `custom_id "${read.customId.slice(0, 100)}" was there before.`,
        count,
        'custom_id',
      )
      continue
    }
    seen.add(read.customId)
    lines.push({ line: lines.length, ...read })
  }
  if (lines.length === 0 && problems.length === 0) problem('empty_file', 'The file has no requests.', null)
  return { lines, problems }
}

type Wrong = { problem: string; code: string; param: string | null }

function requestOf(text: string, endpoint: string): Omit<BatchLine, 'line'> | Wrong {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { problem: 'This line is not JSON.', code: 'invalid_json_line', param: null }
  }
  const wrong = (param: string, problem: string): Wrong => ({ problem, code: 'invalid_request', param })
  if (!isObject(value)) return wrong('', 'This line is not a JSON object.')
  const { custom_id: customId, method = 'POST', url = endpoint, body = value['params'] } = value
  if (typeof customId !== 'string' || customId === '') return wrong('custom_id', 'custom_id: expected text.')
  if (method !== 'POST') return wrong('method', 'method: expected POST.')
  if (url !== endpoint) return wrong('url', `url: this batch is for ${endpoint}.`)
  if (!isObject(body)) return wrong('body', 'body: expected an object.')
  if (typeof body['model'] !== 'string') return wrong('body.model', 'body.model: expected text.')
  if (body['stream'] === true)
    return wrong('body.stream', 'body.stream: answers of a batch are not streamed.')
  return { customId, body: body as JsonObject }
}

/** Lines of a text, decoded; null in place of one that is too long, and then no more. */
async function* linesOf(file: ReadableStream<Uint8Array>): AsyncGenerator<string | null> {
  let rest: Buffer[] = []
  let restBytes = 0
  for await (const part of file) {
    const bytes = Buffer.from(part)
    let start = 0
    for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
      rest.push(bytes.subarray(start, end))
      yield Buffer.concat(rest).toString('utf8')
      rest = []
      restBytes = 0
      start = end + 1
    }
    // A copy: the bytes may stand in a buffer that is used again.
    rest.push(Buffer.from(bytes.subarray(start)))
    restBytes += bytes.length - start
    if (restBytes > maxLineBytes) return yield null
  }
  if (restBytes > 0) yield Buffer.concat(rest).toString('utf8')
}
