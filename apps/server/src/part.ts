import type { Route, RunningSystem } from '@heavylift/core'
import type { Hono } from 'hono'
import type { ServerEnv } from './http/request-state.ts'
import type { AnySystem } from './services.ts'

/**
 * A group of routes below one prefix. Routes of the server itself are there from the start; a system's come when it
 * has started. Starting → running, or starting → failed; both are final until the process ends.
 */
export interface Part {
  /** Name in metrics, health and the OpenAPI document's tags. */
  name: string
  /** `/api/shop`; empty for routes at the root. */
  prefix: string
  routes: Route[]
  app: Hono<ServerEnv> | null
}

export type SystemState = 'starting' | 'running' | 'failed' | 'stopped'

/** A system, as the server sees it from start to stop. */
export interface SystemPart extends Part {
  system: AnySystem
  state: SystemState
  /** Null until it runs. */
  running: RunningSystem | null
  /** Why it failed, for operators. */
  failure: string | null
}
