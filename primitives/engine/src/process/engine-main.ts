// The engine process. Its parent sends the options as the first message and hears back where it listens; when the
// channel to the parent closes, for whatever reason, the process ends at once, so it never outlives its parent.
import { rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { systemClock } from '@heavylift/core'
import { engineOptionsSchema } from './engine-options.ts'
import type { EngineMessage } from './engine-options.ts'
import { createEngineServer } from '../server/engine-server.ts'
import { loadModel } from '../server/load-model.ts'

process.on('disconnect', () => process.exit(0))
// Ctrl-C reaches the whole terminal group; the parent decides when to stop us.
process.on('SIGINT', () => {})
if (process.send === undefined) {
  process.stderr.write('The engine is started by Heavylift, not by hand.\n')
  process.exit(2)
}
process.once('message', (message) => {
  start(message).catch((error: unknown) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    process.stderr.write(`${text}\n`)
    tell({ type: 'failed', message: error instanceof Error ? error.message : text })
    process.exitCode = 1
    process.disconnect()
  })
})

async function start(message: unknown): Promise<void> {
  const options = engineOptionsSchema.parse(message)
  process.on('exit', () => rmSync(options.cacheDir, { recursive: true, force: true }))
  const log = (level: string, text: string) => process.stderr.write(`${level}: ${text.trimEnd()}\n`)
  let told = 0
  const loaded = await loadModel(options, systemClock, log, (fraction) => {
    if (fraction < told + 0.05) return
    told = fraction
    tell({ type: 'loading', fraction })
  })
  const server = createEngineServer(loaded, (error) =>
    log('error', error instanceof Error ? (error.stack ?? error.message) : String(error)),
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  tell({ type: 'ready', port, gpu: loaded.llama.gpu, contextTokens: loaded.contextTokens })
}

function tell(message: EngineMessage): void {
  process.send?.(message, () => {})
}
