import { connect } from 'node:net'
import type { Check } from '../system.ts'

const patienceMs = 3_000

/** Whether something listens at `host:port`. Only a connection is made; nothing is said. */
export async function checkAddress(
  name: string,
  { host, port }: { host: string; port: number },
  advice: string,
): Promise<Check> {
  const reason = await new Promise<string | null>((resolve) => {
    const socket = connect({ host, port, timeout: patienceMs })
    const end = (text: string | null) => {
      socket.destroy()
      resolve(text)
    }
    socket.once('connect', () => end(null))
    socket.once('timeout', () => end(`no answer within ${patienceMs / 1000} s`))
    // Several addresses that all refuse have one error without a message of its own.
    socket.once('error', (error: NodeJS.ErrnoException) =>
      end(error.message || (error.code ?? 'no connection')),
    )
  })
  return reason === null
    ? { name, state: 'ok', found: `${host}:${port} answers` }
    : { name, state: 'fail', found: `${host}:${port}: ${reason}`, advice }
}

/** Host and port that an address leads to, the port by its protocol where it has none. */
export function placeOf(address: string): { host: string; port: number } {
  const url = new URL(address)
  const port = url.port === '' ? (url.protocol === 'http:' ? 80 : 443) : Number(url.port)
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port }
}
