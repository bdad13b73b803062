// An agent over ACP that needs no model: it changes numbers and texts of the code to others, where sentences of the
// spec changed by just these. Whatever else a task asks, it leaves undone and says so; the gates judge it like any other.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { agent, methods, ndJsonStream } from '@agentclientprotocol/sdk'
import { readLiteralTasks, replaceNearest, statusNamesNear } from './literal-change.ts'
import type { CodePlace, LiteralChange } from './literal-change.ts'

let folder = ''

/** Why no literal was replaced: what stands for it there, where that is known. */
function whyNot(texts: ReadonlyMap<string, string>, places: readonly CodePlace[], change: LiteralChange) {
  const [first] = statusNamesNear(texts, places, change)
  const where = places.map(({ path, line }) => `${path}:${line}`)[0] ?? 'the code'
  const why = first
    ? `${change.from} stands there as ${first.name} (${first.path}:${first.line}), a class or function.`
    : `${change.from} is not written at ${where} or in the 40 lines behind: it has another name there, or comes of the framework.`
  return `${why} literals changes only numbers, texts and names of statuses: choose an agent with a model, or change it by hand.`
}

agent({ name: 'heavylift-literals' })
  .onRequest(methods.agent.initialize, () => ({ protocolVersion: 1, agentCapabilities: {} }))
  .onRequest(methods.agent.session.new, ({ params }) => {
    folder = params.cwd
    return { sessionId: 'one' }
  })
  .onRequest(methods.agent.session.prompt, async ({ client, params }) => {
    const say = (text: string) =>
      client.notify(methods.client.session.update, {
        sessionId: 'one',
        update: { sessionUpdate: 'agent_message_chunk', content: { type: 'text', text } },
      })
    const prompt = params.prompt.map((part) => (part.type === 'text' ? part.text : '')).join('\n')
    for (const { name, changes, places } of readLiteralTasks(prompt)) {
      if (changes.length === 0)
        await say(
          `${name}: this asks for more than other numbers or texts. Choose an agent with a model for it.`,
        )
      for (const change of changes) {
        const texts = new Map(places.map(({ path }) => [path, readFileSync(join(folder, path), 'utf8')]))
        const found = replaceNearest(texts, places, change)
        if (!found) {
          await say(`${name}: ${whyNot(texts, places, change)}`)
          continue
        }
        writeFileSync(join(folder, found.path), found.text)
        await say(`${name}: ${found.written} is ${found.now} now, ${found.path}:${found.line}.`)
      }
    }
    return { stopReason: 'end_turn' as const }
  })
  .connect(
    ndJsonStream(Writable.toWeb(process.stdout), Readable.toWeb(process.stdin) as ReadableStream<Uint8Array>),
  )
