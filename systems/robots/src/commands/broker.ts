import { readFile } from 'node:fs/promises'
import { silentLogger } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import type { CommandInput } from '@heavylift/core'
import { z } from 'zod'
import { startBroker } from '../control/broker/embedded-broker.ts'
import type { BrokerOptions, EmbeddedBroker } from '../control/broker/embedded-broker.ts'
import { countOf, textOf } from './options.ts'

const credentialsFile = z.array(z.object({ user: z.string().min(1), passwordSha256: z.string().length(64) }))

/** `heavylift robots broker`: until it is stopped. */
export async function runBroker({ options, print, signal }: CommandInput): Promise<unknown> {
  const host = textOf(options, 'host', '127.0.0.1')
  const [key, cert, credentials] = ['key', 'cert', 'credentials'].map((name) => textOf(options, name, ''))
  const port = countOf(options, 'port', 1883)
  const given = {
    host,
    port,
    tls: key && cert ? { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') } : null,
    credentials: credentials ? credentialsFile.parse(JSON.parse(await readFile(credentials, 'utf8'))) : null,
    log: silentLogger,
  }
  let isStandingBy = false
  const broker = await startWhenFree(given, signal, () => {
    if (isStandingBy) return
    isStandingBy = true
    print(`Port ${port} is taken: standing by until it is free. Ctrl-C ends that.`)
  })
  if (broker === null) return { port }
  print(`Broker at ${host}:${broker.port}. Ctrl-C stops it.`)
  await untilAborted(signal)
  await broker.close()
  return { port: broker.port }
}

/** How soon one that stands by notices that the port is free. */
const tryMs = 50

/** A second broker on a machine takes over when the first one dies, as fast as clients come again. @returns null where it was stopped before */
async function startWhenFree(
  options: BrokerOptions,
  signal: AbortSignal,
  onTaken: () => void,
): Promise<EmbeddedBroker | null> {
  while (!signal.aborted) {
    try {
      return await startBroker(options)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
      onTaken()
      await sleep(tryMs, signal)
    }
  }
  return null
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
