import { buildConnector } from 'undici'
import type { ReadSecret } from '../../secret.ts'

/** How a replica's certificate is checked, where that differs from what its address says. */
export interface ReplicaTls {
  /** The name that its certificate has to be for; null for the host of its address. */
  serverName: string | null
  /** Reference of the certificate (PEM) of who has signed it; null for the usual authorities. */
  ca: string | null
}

export const connectTimeoutMs = 5_000

/** Connects by TLS as `tls` says. The authority is read before the first connection, and again after one that could not be made. */
export function secureConnector(
  { serverName, ca }: ReplicaTls,
  readSecret: ReadSecret,
): buildConnector.connector {
  let made: Promise<buildConnector.connector> | null = null
  const make = async () =>
    buildConnector({ timeout: connectTimeoutMs, ...(ca === null ? {} : { ca: await readSecret(ca) }) })
  return (options, callback) => {
    const named = serverName === null ? options : { ...options, servername: serverName }
    made ??= make()
    made.then(
      (connect) =>
        connect(named, (...told) => {
          if (told[0] !== null) made = null
          callback(...told)
        }),
      (error: unknown) => {
        made = null
        callback(error as Error, null)
      },
    )
  }
}
