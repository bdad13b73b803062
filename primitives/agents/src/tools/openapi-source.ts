import type { SafeFetch } from '@heavylift/core/safe-fetch'
import { sayingRun } from '../faces/call.ts'
import { ApiDocument } from '../openapi/document.ts'
import { readOperations } from '../openapi/operations.ts'
import { requestOf } from '../openapi/request.ts'
import { noAuthorization } from '../credentials/authorization.ts'
import type { Authorize } from '../credentials/authorization.ts'
import { failedBy } from './failed.ts'
import { outboundCall, withQuery } from './outbound-call.ts'
import { pinOf } from './pin.ts'
import type { Tool, ToolOutcome, ToolSource } from './tool.ts'

/**
 * A source `openapi:…`: the operations of a document as tools. `server` is where it answers, from an administrator rather than from the document;
 * without it the document's first.
 */
export function openApiSource(
  name: string,
  value: unknown,
  server: string | undefined,
  fetch: SafeFetch,
  authorize: Authorize,
): ToolSource {
  const { operations } = readOperations(new ApiDocument(value))
  const byName = new Map(operations.map((operation) => [operation.name, operation]))
  const tools: readonly Tool[] = operations.map((operation) => {
    const tool: Omit<Tool, 'pin'> = {
      name: operation.name,
      title: operation.title,
      description: operation.description,
      input: operation.input,
      ...(operation.output ? { output: operation.output } : {}),
      effect: operation.effect,
      takesKey: operation.keyHeader !== undefined,
      canCheck: false,
    }
    return { ...tool, pin: pinOf(tool) }
  })
  return {
    name,
    list: () => Promise.resolve(tools),
    async call({ tool, args }, context): Promise<ToolOutcome> {
      const operation = byName.get(tool.name)
      const base = (server ?? operation?.servers.find((each) => /^https?:/.test(each)))?.replace(/\/+$/, '')
      if (!operation || base === undefined)
        return {
          state: 'failed',
          code: 'tool-unknown',
          message: operation
            ? `The document of ${name} names no server; set its url.`
            : `${name} has no operation "${tool.name}".`,
          isRetryable: false,
        }
      let given = noAuthorization
      try {
        const request = requestOf(operation, args, base)
        given = await authorize(name, { ...context, tool: tool.name })
        return await outboundCall(
          fetch,
          {
            ...request,
            url: withQuery(request.url, given.query),
            headers: {
              ...request.headers,
              ...(operation.keyHeader === undefined
                ? {}
                : { [operation.keyHeader.toLowerCase()]: context.key }),
              ...given.headers,
              ...sayingRun(context),
            },
          },
          tool,
          context,
          given.secrets,
        )
      } catch (error) {
        return failedBy(error, given.secrets)
      }
    },
  }
}
