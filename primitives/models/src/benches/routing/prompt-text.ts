import type { TraceRequest } from './trace.ts'

/** About what a token of English takes. */
const CHARACTERS_PER_TOKEN = 4

/** A prompt of the right length, in ASCII, in which equal blocks, and only those, are equal text. */
export function promptText({ blocks, promptTokens }: TraceRequest, tokensPerBlock: number): Buffer {
  const characters = tokensPerBlock * CHARACTERS_PER_TOKEN
  const text = Buffer.alloc(Math.max(blocks.length * characters, promptTokens * CHARACTERS_PER_TOKEN), '. ')
  blocks.forEach((block, at) => text.write(`${block} `, at * characters))
  return text
}

/** What a replica makes of the text: the blocks that it can share, and its length. */
export function readPrompt(
  text: string,
  tokensPerBlock: number,
): Pick<TraceRequest, 'blocks' | 'promptTokens'> {
  const characters = tokensPerBlock * CHARACTERS_PER_TOKEN
  const blocks: number[] = []
  for (let at = 0; at + characters <= text.length; at += characters) {
    const block = Number.parseInt(text.slice(at, at + 12), 10)
    // What no trace names is shared with nobody.
    if (Number.isNaN(block)) break
    blocks.push(block)
  }
  return {
    blocks: Uint32Array.from(blocks),
    promptTokens: Math.max(1, Math.round(text.length / CHARACTERS_PER_TOKEN)),
  }
}
