import { request } from 'undici'
import { z } from 'zod'
import { readText } from './read-json.ts'

/** A server of models on this machine, where it usually listens. */
export const foundServerSchema = z.object({
  kind: z.string().describe('What it says that it is, else what usually listens there.'),
  url: z.string().describe('Base address up to and with /v1.'),
  models: z.array(z.string()).describe('As it names them, at most 64.'),
})
export type FoundServer = z.output<typeof foundServerSchema>

/** Ports that servers of models take by themselves (their documentation's defaults). */
export const usualPorts: readonly { kind: string; port: number }[] = [
  { kind: 'Ollama', port: 11434 },
  { kind: 'vLLM', port: 8000 },
  { kind: 'llama.cpp', port: 8080 },
  { kind: 'LM Studio', port: 1234 },
  { kind: 'SGLang', port: 30000 },
  { kind: 'Jan', port: 1337 },
]

/** What `owned_by` of a model tells of its server. */
const owners: Record<string, string> = {
  vllm: 'vLLM',
  llamacpp: 'llama.cpp',
  sglang: 'SGLang',
  library: 'Ollama',
  organization_owner: 'LM Studio',
}
/** Ourselves, on one of these ports: asking would go in a circle. */
const ownName = 'heavylift'

const timeoutMs = 800
const maxBytes = 256 * 1024
const maxModels = 64

const listSchema = z.object({
  data: z.array(
    z.object({ id: z.string().min(1).max(200), owned_by: z.string().optional().catch(undefined) }),
  ),
})

/**
 * Asks the usual ports of 127.0.0.1, and no other host, for their list of models, all at once and for less than a second.
 * Whatever is no server of models is left out. Never rejects.
 */
export async function findServers(ports = usualPorts): Promise<FoundServer[]> {
  const found = await Promise.all(
    ports.map(({ kind, port }) => askServer(kind, `http://127.0.0.1:${port}/v1`)),
  )
  return found.filter((server) => server !== null)
}

/** One of them; null when it is no server of models, or our own. */
async function askServer(kind: string, url: string): Promise<FoundServer | null> {
  try {
    // Follows no redirects: an answer from elsewhere is no server on this machine.
    const { statusCode, body } = await request(`${url}/models`, { signal: AbortSignal.timeout(timeoutMs) })
    if (statusCode !== 200) {
      await body.dump()
      return null
    }
    const { data } = listSchema.parse(JSON.parse(await readText(body, maxBytes)))
    if (data.some(({ owned_by }) => owned_by === ownName)) return null
    const owner = data.find(({ owned_by }) => owned_by !== undefined && owned_by in owners)?.owned_by
    return {
      kind: (owner === undefined ? undefined : owners[owner]) ?? kind,
      url,
      models: data.slice(0, maxModels).map(({ id }) => id),
    }
  } catch {
    return null
  }
}
