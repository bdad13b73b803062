import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'

/** What a check speaks through: the official clients, as they come, against one gateway. */
export interface Clients {
  openai: OpenAI
  anthropic: Anthropic
  /** Name of the model to ask. */
  model: string
}

/** One behaviour that the client's documentation promises. `run` throws when it does not hold. */
export interface Check {
  name: string
  run: (clients: Clients) => Promise<void>
}

/** The clients of a gateway at `address` (`http://host:port`). Retries are off, so that a failure is seen. */
export function officialClients(address: string, model: string): Clients {
  const shared = { apiKey: 'unused', maxRetries: 0, timeout: 120_000 }
  return {
    openai: new OpenAI({ ...shared, baseURL: `${address}/v1` }),
    anthropic: new Anthropic({ ...shared, baseURL: address }),
    model,
  }
}
