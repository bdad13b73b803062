/**
 * `starting`: loads the model. `ready`: serves. `restarting`: failed, waits or loads again. `draining`: finishes what it
 * has. `stopped`: by `stop`. `failed`: gave up; `reason` says why, `restart` tries again.
 */
export type EngineState = 'starting' | 'ready' | 'restarting' | 'draining' | 'stopped' | 'failed'

export interface EngineStatus {
  state: EngineState
  /** Base address up to and with `/v1`; null while nothing listens. */
  url: string | null
  /** Name by which the engine knows the model. */
  model: string
  /** 0 to 1, of the model's load. */
  progress: number
  /** Why it failed last, or null. */
  reason: string | null
  /** Null until it is ready. */
  gpu: string | false | null
  pid: number | null
  restarts: number
}
