import { connect, type NatsConnection } from '@nats-io/transport-node'
import { askUntil } from './api-retry.ts'

export interface NatsServers {
  /** `host:port` of some or all servers of a cluster. */
  servers: readonly string[]
  user?: string
  pass?: string
  token?: string
}

/** For one request to a server, milliseconds. */
export const requestTimeoutMs = 1500

/** Connects, and keeps connecting for as long as it is open. Throws a `StreamUnavailableError` when no server answers until the deadline. */
export function connectNats(
  { servers, user, pass, token }: NatsServers,
  deadlineMs: number,
): Promise<NatsConnection> {
  return askUntil(deadlineMs, () =>
    connect({
      servers: [...servers],
      ...(user === undefined ? {} : { user }),
      ...(pass === undefined ? {} : { pass }),
      ...(token === undefined ? {} : { token }),
      timeout: requestTimeoutMs,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 50,
      reconnectJitter: 50,
      // A server that hangs is noticed after two pings; one that is killed, at once.
      pingInterval: 1000,
      maxPingOut: 2,
    }),
  )
}
