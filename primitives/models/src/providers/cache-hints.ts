import type { ChatRequest } from './chat-request.ts'

/** About 1,024 tokens: the least that providers cache (Anthropic and Bedrock references, Prompt caching). */
const leastBytes = 4096

export interface CacheHints {
  /** Mark the end of what every request of an application shares. */
  afterSystem: boolean
  /** The same, where there are tools but no system prompt. */
  afterTools: boolean
  /** Mark the end of the conversation so far: it goes on, so the next turn will read it again. */
  afterTurns: boolean
}

/** Where marks pay: a written cache costs a quarter more than plain input, so short or single prompts get none. */
export function cacheHints(request: ChatRequest): CacheHints {
  const toolBytes = request.tools.length > 0 ? JSON.stringify(request.tools).length : 0
  const systemBytes = request.system.reduce((sum, text) => sum + text.length, 0)
  const isLong = toolBytes + systemBytes >= leastBytes
  return {
    afterSystem: isLong && systemBytes > 0,
    afterTools: isLong && systemBytes === 0,
    afterTurns: request.turns.length >= 3 && (isLong || turnBytes(request) >= leastBytes),
  }
}

function turnBytes(request: ChatRequest): number {
  let bytes = 0
  for (const { blocks } of request.turns) {
    for (const block of blocks) {
      if (block.type === 'text') bytes += block.text.length
      if (block.type === 'result')
        for (const each of block.blocks) bytes += 'text' in each ? each.text.length : 0
    }
  }
  return bytes
}
