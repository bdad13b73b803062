import { readFile } from 'node:fs/promises'
import { resolve, sep } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import { networkList, pinAddress, resolveBySystem } from '@heavylift/core/safe-fetch'
import type { SafeFetch } from '@heavylift/core/safe-fetch'
import type { AgentsConfig } from '../config.ts'
import type { Authorize } from '../credentials/authorization.ts'
import { readData } from '../import/import-file.ts'
import { openCodeSource } from './code-source.ts'
import { httpSource } from './http-source.ts'
import { mcpSource } from './mcp-source.ts'
import { openApiSource } from './openapi-source.ts'
import type { RegisteredSource } from './registered-sources.ts'
import { checkSpec, kindOf, sourceKinds } from './source-spec.ts'
import type { SourceSpec } from './source-spec.ts'
import { sqlSource } from './sql-source.ts'
import type { ToolSource } from './tool.ts'
import type { ToolSources } from './tool-sources.ts'

export interface SourceParts {
  config: Pick<AgentsConfig, 'sources' | 'allowNetworks' | 'maxAnswerBytes' | 'toolTimeoutSeconds'>
  /** Where documents of the configuration lie. */
  configDir: string
  /** The safe client of tools, of `toolFetch`. */
  fetch: SafeFetch
  authorize: Authorize
  /** A source that a tenant has registered. */
  registered: (tenantId: string, name: string) => Promise<RegisteredSource | null>
}

/** Registers the sandbox, what an administrator has named in `agents.sources`, and what tenants have registered. Sources are made at their first use and kept. */
export function registerSources(sources: ToolSources, parts: SourceParts): { close(): Promise<void> } {
  const { config, registered } = parts
  const code = openCodeSource()
  const made = new Map<string, { version: number; source: Promise<ToolSource> }>()

  const keep = async (key: string, version: number, make: () => Promise<ToolSource>): Promise<ToolSource> => {
    let known = made.get(key)
    if (known?.version !== version) {
      const source = make()
      made.set(key, (known = { version, source }))
      // What could not be read may be mended: it is tried again.
      source.catch(() => made.delete(key))
    }
    return await known.source
  }
  const find = async (tenantId: string, name: string): Promise<ToolSource | null> => {
    if (Object.hasOwn(config.sources, name))
      return await keep(name, 0, () => makeConfigured(name, config.sources[name]!, parts))
    const row = await registered(tenantId, name)
    return row === null
      ? null
      : await keep(`${tenantId}\n${name}`, row.made_ms, () => makeSource(name, row.spec, row.document, parts))
  }
  for (const kind of Object.keys(sourceKinds)) sources.register(kind, find)
  sources.register('code', (_tenantId, name) => Promise.resolve(name === 'code' ? code.source : null))
  return { close: () => code.close() }
}

async function makeConfigured(name: string, spec: SourceSpec, parts: SourceParts): Promise<ToolSource> {
  const { document } = spec
  const text = document === undefined ? null : await readFile(below(parts.configDir, document, name), 'utf8')
  return await makeSource(name, spec, text, parts)
}

/** @throws InvalidInputError `source-unusable`, or what is wrong with the document or a query */
export async function makeSource(
  name: string,
  spec: SourceSpec,
  document: string | null,
  { authorize, config, fetch }: SourceParts,
): Promise<ToolSource> {
  checkSpec(name, spec, document !== null)
  const url = spec.url ?? ''
  const isAllowed = networkList(config.allowNetworks)
  const locate = async (host: string): Promise<string> =>
    (await pinAddress(host.replace(/^\[(.*)\]$/, '$1'), resolveBySystem, isAllowed)).address
  switch (kindOf(name)) {
    case 'openapi':
      return openApiSource(name, readData(document ?? ''), spec.url, fetch, authorize)
    case 'http':
      return httpSource(name, url, fetch, authorize)
    case 'mcp':
      return mcpSource(name, url, fetch, authorize, config.maxAnswerBytes)
    case 'sql':
      return await sqlSource(name, spec, locate, authorize, config.toolTimeoutSeconds * 1_000)
    case 'mail':
      throw new InvalidInputError({ code: 'source-unusable', message: 'Mail is not there yet.' })
  }
}

function below(dir: string, file: string, name: string): string {
  const path = resolve(dir, file)
  if (path.startsWith(resolve(dir) + sep)) return path
  throw new InvalidInputError({
    code: 'source-unusable',
    message: `The source ${name} names a document outside of the folder of the configuration.`,
  })
}
