import type { CacheState } from '../../src/metering/call-record.ts'

/** One streamed answer as it is watched. Times are of `performance.now()`. */
export interface ChatRun {
  model: string
  /** `waiting` for the first token; `stopped` by the person who watches. */
  state: 'waiting' | 'writing' | 'done' | 'stopped' | 'failed'
  text: string
  /** What a reasoning model thinks before it answers, where the provider sends it. */
  reasoning: string
  startedMs: number
  firstTokenMs: number | null
  lastTokenMs: number | null
  endedMs: number | null
  /** Between one event with text and the next. */
  gapsMs: number[]
  usage: { prompt: number; cached: number; output: number } | null
  finishReason: string | null
  /** From the answer's head; null until it came. */
  replicaId: string | null
  cache: CacheState | null
  /** Which model answered; another one than asked where a cascade or a task chose it. */
  answeredBy: string | null
  callId: string | null
  error: { code: string; message: string } | null
}

export function beginRun(model: string, nowMs: number): ChatRun {
  return {
    model,
    state: 'waiting',
    text: '',
    reasoning: '',
    startedMs: nowMs,
    firstTokenMs: null,
    lastTokenMs: null,
    endedMs: null,
    gapsMs: [],
    usage: null,
    finishReason: null,
    replicaId: null,
    cache: null,
    answeredBy: null,
    callId: null,
    error: null,
  }
}

interface ChatChunk {
  choices?: {
    delta?: { content?: string | null; reasoning_content?: string | null }
    finish_reason?: string | null
  }[]
  usage?: {
    prompt_tokens?: number
    completion_tokens?: number
    prompt_tokens_details?: { cached_tokens?: number } | null
  } | null
  error?: { code?: string | null; message?: string }
}

/** Takes in the data of one event of a chat stream. An error event ends the run as failed. */
export function readChunk(run: ChatRun, data: string, nowMs: number): void {
  if (data === '[DONE]') return
  const chunk = JSON.parse(data) as ChatChunk
  if (chunk.error) {
    failRun(
      run,
      { code: chunk.error.code ?? 'failed', message: chunk.error.message ?? 'The model failed.' },
      nowMs,
    )
    return
  }
  const choice = chunk.choices?.[0]
  const content = choice?.delta?.content ?? ''
  const reasoning = choice?.delta?.reasoning_content ?? ''
  if (content !== '' || reasoning !== '') {
    run.text += content
    run.reasoning += reasoning
    run.state = 'writing'
    if (run.lastTokenMs !== null) run.gapsMs.push(nowMs - run.lastTokenMs)
    run.firstTokenMs ??= nowMs
    run.lastTokenMs = nowMs
  }
  run.finishReason = choice?.finish_reason ?? run.finishReason
  if (chunk.usage) {
    run.usage = {
      prompt: chunk.usage.prompt_tokens ?? 0,
      cached: chunk.usage.prompt_tokens_details?.cached_tokens ?? 0,
      output: chunk.usage.completion_tokens ?? 0,
    }
  }
}

export function failRun(run: ChatRun, error: ChatRun['error'], nowMs: number): void {
  run.state = 'failed'
  run.error = error
  run.endedMs = nowMs
}

/** Written tokens a second after the first; null while there is too little to tell. */
export function tokensPerSecond(run: ChatRun): number | null {
  const { firstTokenMs, lastTokenMs } = run
  const written = run.usage?.output ?? run.gapsMs.length + 1
  if (firstTokenMs === null || lastTokenMs === null || written < 2 || lastTokenMs <= firstTokenMs) return null
  return ((written - 1) / (lastTokenMs - firstTokenMs)) * 1000
}
