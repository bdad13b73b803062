import { spawn } from 'node:child_process'
import { realpath } from 'node:fs/promises'
import { isAbsolute, relative } from 'node:path'
import { Writable } from 'node:stream'
import type { Readable } from 'node:stream'
import { client, methods, ndJsonStream } from '@agentclientprotocol/sdk'
import { HeavyliftError } from '@heavylift/core'
import { foreignEnvironment } from './git.ts'

export interface AgentTurn {
  stopReason: string
  /** What it said, and the tools that it called, one line each. */
  log: string[]
}

export interface AgentInput {
  /** Program and arguments that speak ACP v1 on standard input and output. */
  command: readonly [string, ...string[]]
  /** Where it works; absolute. */
  folder: string
  prompt: string
  onLine: (line: string) => void
  signal: AbortSignal
}

/**
 * One turn of an agent over the Agent Client Protocol v1. What it asks leave for is granted within its folder only; it writes
 * files itself, so the folder, and the gates after it, are the fence. Its program is ended with the turn.
 * @throws HeavyliftError `agent-failed` where it can't be started or breaks off
 */
export async function runAgent({ command, folder, prompt, onLine, signal }: AgentInput): Promise<AgentTurn> {
  const [program, ...args] = command
  const child = spawn(program, args, {
    cwd: folder,
    env: foreignEnvironment(),
    stdio: ['pipe', 'pipe', 'ignore'],
    signal,
  })
  const broken = new Promise<never>((_, reject) => {
    child.once('error', (cause) => reject(failed(`${program} could not be started.`, cause)))
    child.once('exit', (code) =>
      reject(failed(`${program} ended with ${code ?? 'a signal'} in the middle of its turn.`)),
    )
  })
  // It may end later than the turn does: nobody waits for this then.
  broken.catch(() => undefined)
  const log: string[] = []
  const say = (line: string) => {
    log.push(line)
    onLine(line)
  }
  const app = client({ name: 'heavylift' }).onRequest(
    methods.client.session.requestPermission,
    async ({ params }) => {
      const places = (params.toolCall.locations ?? []).map(({ path }) => path)
      const isInside = (await Promise.all(places.map((path) => isWithin(folder, path)))).every(Boolean)
      const wanted = isInside ? 'allow_once' : 'reject_once'
      const option =
        params.options.find(({ kind }) => kind === wanted) ??
        (isInside ? params.options.find(({ kind }) => kind.startsWith('allow')) : undefined)
      say(`${isInside ? 'allowed' : 'refused'}: ${params.toolCall.title ?? 'a tool'}`)
      return {
        outcome: option ? { outcome: 'selected', optionId: option.optionId } : { outcome: 'cancelled' },
      }
    },
  )
  const stream = ndJsonStream(Writable.toWeb(child.stdin), bytesOf(child.stdout))
  try {
    const turn = app.connectWith(stream, async (agent) => {
      await agent.request(methods.agent.initialize, { protocolVersion: 1, clientCapabilities: {} })
      return agent.buildSession(folder).withSession(async (session) => {
        const done = session.prompt(prompt)
        done.catch(() => undefined)
        for (;;) {
          const message = await session.nextUpdate()
          if (message.kind === 'stop') return message.stopReason
          const { update } = message
          if (update.sessionUpdate === 'agent_message_chunk' && update.content.type === 'text')
            say(update.content.text)
          if (update.sessionUpdate === 'tool_call') say(`tool: ${update.title}`)
        }
      })
    })
    // Both may reject when it dies: the first is told, the other is not left over.
    turn.catch(() => undefined)
    return { stopReason: await Promise.race([turn, broken]), log }
  } catch (cause) {
    signal.throwIfAborted()
    throw HeavyliftError.isInstance(cause) ? cause : failed(`${program} broke off its turn.`, cause)
  } finally {
    child.removeAllListeners('exit')
    child.kill('SIGKILL')
  }
}

/** What a program writes, as the stream that the protocol's library reads. */
function bytesOf(output: Readable): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      output.on('data', (chunk: Uint8Array) => controller.enqueue(chunk))
      output.once('close', () => {
        try {
          controller.close()
        } catch {
          // It was cancelled before: the turn is over.
        }
      })
    },
  })
}

async function isWithin(folder: string, path: string): Promise<boolean> {
  const below = relative(await realpath(folder), await realpath(path).catch(() => path))
  return below !== '' && !below.startsWith('..') && !isAbsolute(below)
}

function failed(message: string, cause?: unknown): HeavyliftError {
  return new HeavyliftError({ code: 'agent-failed', message, cause })
}
