// An agent over ACP that replaces the texts that its argument lists, and nothing else: what a person wrote for one edit.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { agent, methods, ndJsonStream } from '@agentclientprotocol/sdk'

const patches = JSON.parse(process.argv[2] ?? '[]') as { path: string; from: string; to: string }[]
let folder = ''

agent({ name: 'heavylift-patches' })
  .onRequest(methods.agent.initialize, () => ({ protocolVersion: 1, agentCapabilities: {} }))
  .onRequest(methods.agent.session.new, ({ params }) => {
    folder = params.cwd
    return { sessionId: 'one' }
  })
  .onRequest(methods.agent.session.prompt, () => {
    for (const { path, from, to } of patches) {
      const text = readFileSync(join(folder, path), 'utf8')
      if (!text.includes(from)) throw new Error(`${path} has no ${from}`)
      writeFileSync(join(folder, path), text.replace(from, to))
    }
    return { stopReason: 'end_turn' as const }
  })
  .connect(
    ndJsonStream(Writable.toWeb(process.stdout), Readable.toWeb(process.stdin) as ReadableStream<Uint8Array>),
  )
