export interface TraceRequest {
  /** Milliseconds after the trace's start. */
  atMs: number
  promptTokens: number
  outputTokens: number
  /** Ids of the prompt's blocks, each standing for everything up to its end; empty where the trace does not say. */
  blocks: Uint32Array
  /** Requests that build on one another share it. */
  session: number
}

/** Requests in the order of their arrival. */
export interface Trace {
  name: string
  tokensPerBlock: number
  requests: TraceRequest[]
}

/** One half of the sessions: `0` to choose constants on, `1` to report on. */
export function halfOf(trace: Trace, half: 0 | 1): Trace {
  const requests = trace.requests.filter(({ session }) => Math.imul(session + 1, 0x9e3779b1) >>> 31 === half)
  return { ...trace, requests }
}

/**
 * The same requests, closer together or further apart, so that their prompts, if nothing were cached, would take
 * `load` times what `replicas` can prefill. Above 1 only reuse keeps the queues from growing.
 */
export function atLoad(trace: Trace, load: number, prefillTokensPerSecond: number, replicas: number): Trace {
  const last = trace.requests.at(-1)
  if (last === undefined) return trace
  const tokens = trace.requests.reduce((sum, { promptTokens }) => sum + promptTokens, 0)
  const wantedMs = (tokens / (prefillTokensPerSecond * replicas * load)) * 1000
  const scale = wantedMs / Math.max(1, last.atMs)
  return {
    ...trace,
    requests: trace.requests.map((request) => ({ ...request, atMs: request.atMs * scale })),
  }
}
