import { createSafeFetch } from '@heavylift/core/safe-fetch'
import type { SafeFetch } from '@heavylift/core/safe-fetch'
import type { AgentsConfig } from '../config.ts'

/** The one client of all that tools ask over HTTP, within what an administrator opened. */
export function toolFetch(
  config: Pick<AgentsConfig, 'allowNetworks' | 'ports' | 'maxAnswerBytes' | 'toolTimeoutSeconds'>,
): SafeFetch {
  return createSafeFetch({
    ports: config.ports,
    allowNetworks: config.allowNetworks,
    maxBytes: config.maxAnswerBytes,
    totalMs: config.toolTimeoutSeconds * 1_000,
    idleMs: config.toolTimeoutSeconds * 1_000,
  })
}
