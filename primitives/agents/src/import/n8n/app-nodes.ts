import { record, records, text } from '../json.ts'
import { appSource } from '../draft.ts'
import { cut, slug } from '../names.ts'
import { at, mapped } from './node-step.ts'
import type { NodeInput, NodeStep } from './node-step.ts'
import { baseOf } from './workflow.ts'
import type { N8nNode } from './workflow.ts'

const pairs = (value: unknown): [string, unknown][] =>
  records(record(value)['parameters'] ?? record(value)['parameter'] ?? value).map((each) => [
    text(each['name'] ?? each['key']),
    each['value'],
  ])

export function httpStep(input: NodeInput): NodeStep {
  const { values, place, draft, node } = input
  const url = values.template(at(input, 'url') ?? '', `${place}/url`)
  const args: Record<string, unknown> = {
    method: text(at(input, 'method') ?? at(input, 'requestMethod')) || 'GET',
    url,
  }
  const put = (key: string, keys: string[], json: string[]): void => {
    const found: Record<string, unknown> = {}
    for (const from of keys)
      for (const [name, value] of pairs(at(input, from)))
        if (name !== '' && name !== '__proto__')
          found[name] = values.template(value, `${place}/${from}/${name}`)
    for (const from of json) {
      const given = at(input, from)
      if (typeof given !== 'string' || given.trim() === '' || given === '=') continue
      const value = values.json(given, `${place}/${from}`)
      args[key] = value ?? values.template(given, `${place}/${from}`)
      return
    }
    if (Object.keys(found).length > 0) args[key] = found
  }
  put('query', ['queryParameters', 'queryParametersUi'], ['jsonQuery', 'queryParametersJson'])
  put('headers', ['headerParameters', 'headerParametersUi'], ['jsonHeaders', 'headerParametersJson'])
  put('body', ['bodyParameters', 'bodyParametersUi'], ['jsonBody', 'bodyParametersJson', 'body'])
  const host = /^(?:=?\s*)https?:\/\/([a-z0-9.-]+)/i.exec(text(at(input, 'url')))?.[1]
  const tool = draft.tool(
    host ? `http:${slug(host, '-').slice(0, 100)}` : 'http',
    'request',
    credentialOf(node),
  )
  return mapped({ kind: 'tool', tool, with: args })
}

/** Name of the credential that a node uses, by its kind: the secret itself is never in a workflow. */
export function credentialOf(node: N8nNode): string | undefined {
  const [kind] = Object.keys(node.credentials ?? {})
  return kind === undefined
    ? undefined
    : cut(slug(kind.replace(/([a-z\d])([A-Z])/g, '$1-$2'), '-') || 'credential', 100)
}

const notArguments = new Set(['resource', 'operation', 'authentication'])

/** `post.create` of an app, with what the node is set to. */
export function appTool(node: N8nNode): { from: string; tool: string } {
  const base = baseOf(node.type).replace(/Tool$/, '')
  const name = [node.parameters['resource'], node.parameters['operation'] ?? node.parameters['action']]
    .filter((part) => typeof part === 'string' && part !== '' && !part.startsWith('='))
    .join('.')
  return { from: appSource(base), tool: name || 'run' }
}

export function appStep(input: NodeInput): NodeStep {
  const { node, draft, values, place } = input
  const { from, tool } = appTool(node)
  const given = Object.fromEntries(Object.entries(node.parameters).filter(([key]) => !notArguments.has(key)))
  return {
    step: {
      kind: 'tool',
      tool: draft.tool(from, tool, credentialOf(node)),
      with: values.template(given, place),
    },
    state: 'approximated',
    note: `Register a source for ${from} (OpenAPI or MCP) that has "${tool}".`,
  }
}
