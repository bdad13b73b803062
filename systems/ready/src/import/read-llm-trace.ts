import { readLlmTrace } from '../llm-fleet/read-trace.ts'
import { RequestCollector } from './imported.ts'
import type { Imported } from './imported.ts'

/** So many different prompts take turns. */
const prompts = 200
const mostPromptTokens = 8000
const mostSeconds = 3600

/**
 * A trace of a model service: streamed chat completions with prompts of its lengths (a word a token, about) at its rate a second. What people asked is
 * not in a trace and is not made up.
 */
export function importLlmTrace(text: string): Imported | null {
  const trace = readLlmTrace(text)
  if (trace === null) return null
  const { format, requests, unread } = trace
  const collect = new RequestCollector()
  if (unread > 0) collect.leave(`${unread} rows`, 'They have no time with numbers of tokens.')
  if (requests.length === 0) return collect.finish(format, format)
  collect.add({
    where: 'trace',
    name: 'completion',
    method: 'POST',
    url: '/v1/chat/completions',
    headers: [['Content-Type', 'application/json']],
    body: '{"model":"{{model}}","stream":true,"max_tokens":{{max_tokens}},"messages":[{"role":"user","content":"{{prompt}}"}]}',
  })
  const seconds = Math.min(mostSeconds, Math.floor((requests.at(-1)?.atMs ?? 0) / 1000) + 1)
  const counts = Array.from({ length: seconds }, () => 0)
  for (const { atMs } of requests) {
    const at = Math.floor(atMs / 1000)
    if (at < seconds) (counts[at] as number)++
  }
  if ((requests.at(-1)?.atMs ?? 0) > 1000 * mostSeconds)
    collect.leave('trace', 'It is longer than an hour; the first hour is replayed.')
  const step = Math.max(1, Math.floor(requests.length / prompts))
  const shown = requests.filter((_, at) => at % step === 0).slice(0, prompts)
  if (shown.some(({ promptTokens }) => promptTokens > mostPromptTokens))
    collect.leave('trace', `Prompts of more than ${mostPromptTokens} tokens are cut to that.`)
  const found = collect.finish(format, format, [{ kind: 'replay', intervalSeconds: 1, counts }])
  if (found.scenario === null) return found
  for (const request of found.scenario.requests) request.isStream = true
  found.scenario.variables = { model: 'default' }
  found.scenario.data = shown.map(({ promptTokens, outputTokens }) => ({
    prompt: 'word '.repeat(Math.min(mostPromptTokens, promptTokens)).trimEnd(),
    max_tokens: String(outputTokens),
  }))
  return found
}
