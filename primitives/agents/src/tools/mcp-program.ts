import { hideSecrets } from '../credentials/authorization.ts'
import { mcpClient } from './mcp-source.ts'
import type { McpClient, McpConnection } from './mcp-source.ts'
import { ProgramTransport } from './program-transport.ts'
import type { Program } from './program-transport.ts'

interface OpenProgram {
  client: McpClient
  secrets: readonly string[]
}

/** A program that nobody has called for so long is ended; the next call starts it again. */
const idleMs = 300_000

/**
 * Connections to an MCP server that is a program: started at the first call, one for all calls of this process, started again where it has ended. What it does lies with the
 * administrator who listed it; `secrets` of its environment are taken out of what it answers.
 */
export class McpProgram {
  readonly #read: () => Promise<{ program: Program; secrets: readonly string[] }>
  readonly #maxBytes: number
  #open: Promise<OpenProgram> | null = null
  #calls = 0
  #idle: NodeJS.Timeout | null = null

  /** `read` says what is started, with secrets read where they lie. */
  constructor(read: () => Promise<{ program: Program; secrets: readonly string[] }>, maxBytes: number) {
    this.#read = read
    this.#maxBytes = maxBytes
  }

  readonly connected: McpConnection = async (context, work) => {
    if (this.#idle !== null) clearTimeout(this.#idle)
    this.#calls++
    try {
      const { client, secrets } = await (this.#open ??= this.#start(context.signal))
      const answer = await work(client)
      return secrets.length === 0
        ? answer
        : (JSON.parse(hideSecrets(JSON.stringify(answer), secrets)) as typeof answer)
    } finally {
      if (--this.#calls === 0) this.#idle = setTimeout(() => void this.close(), idleMs).unref()
    }
  }

  async close(): Promise<void> {
    if (this.#idle !== null) clearTimeout(this.#idle)
    const open = this.#open
    this.#open = null
    await open?.then(({ client }) => client.close()).catch(() => undefined)
  }

  #start(signal: AbortSignal): Promise<OpenProgram> {
    const opening = (async () => {
      const { program, secrets } = await this.#read()
      const client = await mcpClient()
      const transport = new ProgramTransport(program, this.#maxBytes)
      client.onclose = () => {
        if (this.#open === opening) this.#open = null
      }
      try {
        await client.connect(transport, { signal })
      } catch (error) {
        await transport.close()
        throw error
      }
      return { client, secrets }
    })()
    opening.catch(() => {
      if (this.#open === opening) this.#open = null
    })
    return opening
  }
}
