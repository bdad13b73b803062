import { readFile } from 'node:fs/promises'
import { resolve, sep } from 'node:path'
import { type Clock, HeavyliftError, InvalidInputError, NotFoundError } from '@heavylift/core'
import { networkList, pinAddress, resolveBySystem } from '@heavylift/core/safe-fetch'
import type { SafeFetch } from '@heavylift/core/safe-fetch'
import { ThreadPool } from '@heavylift/core/threads'
import type { Ledger, Objects } from '@heavylift/store'
import type { AgentsConfig } from '../config.ts'
import type { Authorize } from '../credentials/authorization.ts'
import type { AgentDefinition } from '../definition/definition.ts'
import { readData } from '../import/import-file.ts'
import { agentSource } from './agent-source.ts'
import { codeSource } from './code-source.ts'
import { crawlSource } from './crawl-source.ts'
import { httpSource } from './http-source.ts'
import { ledgerSource } from './ledger-source.ts'
import { emlSource, mailSource } from './mail-source.ts'
import { McpProgram } from './mcp-program.ts'
import { mcpOverHttp, mcpSource } from './mcp-source.ts'
import { objectsSource } from './objects-source.ts'
import { openApiSource } from './openapi-source.ts'
import type { Program } from './program-transport.ts'
import type { Runs } from '../run/runs.ts'
import type { RegisteredSource } from './registered-sources.ts'
import { checkSpec, kindOf, sourceKinds } from './source-spec.ts'
import type { SourceSpec } from './source-spec.ts'
import { sqlSource } from './sql-source.ts'
import type { ToolSource } from './tool.ts'
import type { ToolSources } from './tool-sources.ts'

export interface SourceParts {
  config: Pick<
    AgentsConfig,
    'sources' | 'programs' | 'allowNetworks' | 'maxAnswerBytes' | 'toolTimeoutSeconds'
  >
  /** Where documents of the configuration lie. */
  configDir: string
  /** The safe client of tools, of `toolFetch`. */
  fetch: SafeFetch
  authorize: Authorize
  /** Reads what a program of the configuration is given by reference. */
  readSecret: (reference: string) => Promise<string>
  /** A source that a tenant has registered. */
  registered: (tenantId: string, name: string) => Promise<RegisteredSource | null>
  /** What the house has of its own; absent where only sources of elsewhere are wanted. */
  house?: {
    clock: Clock
    objects: Objects
    ledger: Ledger
    runs: Pick<Runs, 'start' | 'ended' | 'read'>
    /** The live version of an agent. Rejects with NotFoundError where there is none. */
    liveAgent: (tenantId: string, name: string) => Promise<AgentDefinition>
  }
}

/** Registers what the house has (code, pages of the web, objects, ledger, agents), what an administrator has named in `agents.sources`, and what tenants have registered. Sources are made at their first use and kept. */
export function registerSources(sources: ToolSources, parts: SourceParts): { close(): Promise<void> } {
  const { config, registered, house } = parts
  const pool = new ThreadPool({
    threads: 2,
    threadsPerTenant: 2,
    tasksPerTenant: 1_000,
    // The sandbox ends code after a second; this is for a thread that hangs, and for pages that take long to read.
    timeLimitMs: 10_000,
    memoryLimitMb: 256,
  })
  const programs = new Map(
    Object.entries(config.programs).map(([name, listed]) => [
      name,
      new McpProgram(() => readProgram(listed, parts), config.maxAnswerBytes),
    ]),
  )
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
    const program = programs.get(name)
    if (program !== undefined) return mcpSource(name, program.connected)
    if (Object.hasOwn(config.sources, name))
      return await keep(name, 0, () => makeConfigured(name, config.sources[name]!, parts))
    const row = await registered(tenantId, name)
    return row === null
      ? null
      : await keep(`${tenantId}\n${name}`, row.made_ms, () => makeSource(name, row.spec, row.document, parts))
  }
  const eml = emlSource()
  for (const kind of Object.keys(sourceKinds))
    sources.register(kind, async (tenantId, name) => (name === eml.name ? eml : await find(tenantId, name)))
  const one = (source: ToolSource): void =>
    sources.register(source.name, (_tenantId, name) => Promise.resolve(name === source.name ? source : null))
  one(codeSource(pool))
  one(crawlSource(parts.fetch, pool))
  if (house !== undefined) {
    one(ledgerSource(house.ledger, house.clock))
    sources.register('objects', async (tenantId, name) =>
      /^objects(:[a-z0-9][a-z0-9-]{0,62})?$/.test(name) ? objectsSource(name, tenantId, house.objects) : null,
    )
    sources.register('agent', async (tenantId, name) => {
      try {
        return agentSource(await house.liveAgent(tenantId, name.slice('agent:'.length)), house.runs)
      } catch (error) {
        if (error instanceof NotFoundError) return null
        throw error
      }
    })
  }
  return {
    async close() {
      await Promise.all([...programs.values()].map((program) => program.close()))
      await pool.close()
    },
  }
}

/** A listed program with its secrets read. */
async function readProgram(
  { command, args, env, secrets }: AgentsConfig['programs'][string],
  { configDir, readSecret }: SourceParts,
): Promise<{ program: Program; secrets: readonly string[] }> {
  const read = await Promise.all(
    Object.entries(secrets).map(async ([name, reference]) => [name, await readSecret(reference)] as const),
  )
  return {
    program: { command, args, env: { ...env, ...Object.fromEntries(read) }, cwd: configDir },
    secrets: read.map(([, secret]) => secret),
  }
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
  { authorize, config, fetch }: Pick<SourceParts, 'authorize' | 'config' | 'fetch'>,
): Promise<ToolSource> {
  checkSpec(name, spec, document !== null)
  const url = spec.url ?? ''
  const isAllowed = networkList(config.allowNetworks)
  const locate = async (host: string): Promise<string> =>
    (await pinAddress(host.replace(/^\[(.*)\]$/, '$1'), resolveBySystem, isAllowed)).address
  switch (kindOf(name)) {
    case 'openapi':
      try {
        return openApiSource(name, readData(document ?? ''), spec.url, fetch, authorize)
      } catch (cause) {
        throw HeavyliftError.isInstance(cause)
          ? cause
          : new InvalidInputError({
              code: 'source-unusable',
              message: `The document of ${name} is no OpenAPI that can be read.`,
              cause,
            })
      }
    case 'http':
      return httpSource(name, url, fetch, authorize)
    case 'mcp':
      return mcpSource(name, mcpOverHttp(name, url, fetch, authorize, config.maxAnswerBytes))
    case 'sql':
      return await sqlSource(name, spec, locate, authorize, config.toolTimeoutSeconds * 1_000)
    case 'mail':
      return mailSource(name, spec, locate, authorize, config.toolTimeoutSeconds * 1_000)
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
