import { InvalidInputError } from '@heavylift/core'
import { isObject, text } from '../json.ts'
import { slug } from '../names.ts'
import type { Imported, ImportedPart, ImportedSource } from '../report.ts'
import { ofSources, readFunctions } from './functions.ts'

/**
 * MCP: the `server.json` of the registry, a client's `mcpServers`, or what `tools/list` answers. Servers with an address become sources;
 * those that are started by a command stay with an administrator. Nothing is started or connected to.
 *
 * @throws InvalidInputError `import-not-mcp`
 */
export function importMcp(value: unknown): Imported {
  const given = isObject(value) && isObject(value['server']) ? value['server'] : value
  if (isObject(given)) {
    const listed = isObject(given['result']) ? given['result']['tools'] : given['tools']
    const tools = Array.isArray(listed) ? readFunctions(listed) : null
    if (tools)
      return ofSources('mcp', [
        {
          name: `mcp:${slug(text(given['name']) || 'server', '-')}`,
          kind: 'mcp',
          title: text(given['name']) || 'MCP server',
          tools,
        },
      ])
    if (isObject(given['mcpServers'])) return ofServers(Object.entries(given['mcpServers']))
    if (
      typeof given['name'] === 'string' &&
      (Array.isArray(given['remotes']) || Array.isArray(given['packages']))
    ) {
      const remotes = (Array.isArray(given['remotes']) ? given['remotes'] : []).filter(isObject)
      const packages = (Array.isArray(given['packages']) ? given['packages'] : []).filter(isObject)
      const short = given['name'].split('/').at(-1) ?? given['name']
      const imported = ofServers([
        ...remotes.map((remote, at): [string, unknown] => [at === 0 ? short : `${short}-${at + 1}`, remote]),
        ...packages.map((each): [string, unknown] => [
          `${short} (${text(each['registryType'] ?? each['registry_name'])} ${text(each['identifier'] ?? each['name'])})`,
          { command: text(each['identifier'] ?? each['name']) },
        ]),
      ])
      for (const source of imported.sources) source.title = text(given['title']) || given['name']
      return imported
    }
  }
  throw new InvalidInputError({
    code: 'import-not-mcp',
    message: 'This is neither a server.json of MCP, nor mcpServers of a client, nor an answer to tools/list.',
  })
}

function ofServers(servers: readonly [string, unknown][]): Imported {
  const sources: ImportedSource[] = []
  const parts: ImportedPart[] = []
  for (const [name, given] of servers) {
    const server = isObject(given) ? given : {}
    const url = text(server['url'] ?? server['serverUrl'])
    const place = `servers/${name}`
    if (/^https?:\/\//.test(url)) {
      sources.push({ name: `mcp:${slug(name, '-')}`, kind: 'mcp', title: name, url, tools: [] })
      parts.push({
        place,
        what: text(server['type']) || 'streamable-http',
        state: text(server['type']) === 'sse' ? 'approximated' : 'mapped',
        ...(text(server['type']) === 'sse'
          ? {
              note: 'The old transport by events is not spoken: the server has to answer streamable HTTP at this address.',
            }
          : {}),
      })
    } else
      parts.push({
        place,
        what: 'stdio',
        state: 'by-hand',
        note: `It is started by a command (${text(server['command']).slice(0, 100) || 'none named'}): an administrator lists it in agents.programs as mcp:${slug(name, '-')}; nothing else starts a program.`,
      })
  }
  return ofSources('mcp', sources, parts)
}
