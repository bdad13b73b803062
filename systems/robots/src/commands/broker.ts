import { readFile } from 'node:fs/promises'
import { silentLogger } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { z } from 'zod'
import { startBroker } from '../control/broker/embedded-broker.ts'
import { countOf, textOf } from './options.ts'

const credentialsFile = z.array(z.object({ user: z.string().min(1), passwordSha256: z.string().length(64) }))

/** `heavylift robots broker`: until it is stopped. */
export async function runBroker({ options, print, signal }: CommandInput): Promise<unknown> {
  const host = textOf(options, 'host', '127.0.0.1')
  const [key, cert, credentials] = ['key', 'cert', 'credentials'].map((name) => textOf(options, name, ''))
  const broker = await startBroker({
    host,
    port: countOf(options, 'port', 1883),
    tls: key && cert ? { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') } : null,
    credentials: credentials ? credentialsFile.parse(JSON.parse(await readFile(credentials, 'utf8'))) : null,
    log: silentLogger,
  })
  print(`Broker at ${host}:${broker.port}. Ctrl-C stops it.`)
  await untilAborted(signal)
  await broker.close()
  return { port: broker.port }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
