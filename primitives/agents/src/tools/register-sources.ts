import { readFile } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import { createSafeFetch } from '@heavylift/core/safe-fetch'
import { secretReader } from '@heavylift/models'
import type { AgentsConfig } from '../config.ts'
import { readData } from '../import/import-file.ts'
import { openCodeSource } from './code-source.ts'
import { authorizer } from './credentials.ts'
import { httpSource } from './http-source.ts'
import { mcpSource } from './mcp-source.ts'
import { openApiSource } from './openapi-source.ts'
import type { ToolSource } from './tool.ts'
import type { ToolSources } from './tool-sources.ts'

type Options = Pick<
  AgentsConfig,
  'sources' | 'credentials' | 'allowNetworks' | 'ports' | 'maxAnswerBytes' | 'toolTimeoutSeconds'
>

/** Registers the sandbox and what an administrator has named in `agents.sources`. Sources are made at their first use and kept. */
export function registerSources(
  sources: ToolSources,
  config: Options,
  configDir: string,
): { close(): Promise<void> } {
  const fetch = createSafeFetch({
    ports: config.ports,
    allowNetworks: config.allowNetworks,
    maxBytes: config.maxAnswerBytes,
    totalMs: config.toolTimeoutSeconds * 1_000,
    idleMs: config.toolTimeoutSeconds * 1_000,
  })
  const authorize = authorizer(config.credentials, secretReader({ secretsDir: join(configDir, 'secrets') }))
  const code = openCodeSource()
  const made = new Map<string, Promise<ToolSource>>()

  const make = async (name: string): Promise<ToolSource> => {
    const { url, document } = config.sources[name]!
    if (name.startsWith('openapi:')) {
      if (document === undefined) throw unusable(name, 'names no document')
      return openApiSource(
        name,
        readData(await readFile(below(configDir, document, name), 'utf8')),
        url,
        fetch,
        authorize,
      )
    }
    if (url === undefined) throw unusable(name, 'names no url')
    return name.startsWith('mcp:')
      ? mcpSource(name, url, fetch, authorize, config.maxAnswerBytes)
      : httpSource(name, url, fetch, authorize)
  }
  const find = async (_tenantId: string, name: string): Promise<ToolSource | null> => {
    if (!Object.hasOwn(config.sources, name)) return null
    let source = made.get(name)
    if (!source) {
      made.set(name, (source = make(name)))
      // What could not be read may be mended: it is tried again.
      source.catch(() => made.delete(name))
    }
    return await source
  }
  for (const kind of ['openapi', 'http', 'mcp']) sources.register(kind, find)
  sources.register('code', (_tenantId, name) => Promise.resolve(name === 'code' ? code.source : null))
  return { close: () => code.close() }
}

const unusable = (name: string, why: string): InvalidInputError =>
  new InvalidInputError({ code: 'source-unusable', message: `The source ${name} in agents.sources ${why}.` })

function below(dir: string, file: string, name: string): string {
  const path = resolve(dir, file)
  if (!path.startsWith(resolve(dir) + sep))
    throw unusable(name, 'names a document outside of the folder of the configuration')
  return path
}
