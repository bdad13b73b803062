import type { ServiceModel } from './service-model.ts'

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

/**
 * The same requests, closer together or further apart, so that they, if nothing were cached, would take `load` times
 * what `replicas` can do: prompts at the rate of prefill, answers at that of a full batch. Above 1 only reuse keeps the
 * queues from growing.
 */
export function atLoad(trace: Trace, load: number, model: ServiceModel, replicas: number): Trace {
  const last = trace.requests.at(-1)
  if (last === undefined) return trace
  const prefillMs = 1000 / model.prefillTokensPerSecond
  const decodeMs = model.stepMs / model.maxSequences + model.decodeMs
  const workMs = trace.requests.reduce(
    (sum, { promptTokens, outputTokens }) => sum + promptTokens * prefillMs + outputTokens * decodeMs,
    0,
  )
  const scale = workMs / (replicas * load) / Math.max(1, last.atMs)
  return {
    ...trace,
    requests: trace.requests.map((request) => ({ ...request, atMs: request.atMs * scale })),
  }
}
